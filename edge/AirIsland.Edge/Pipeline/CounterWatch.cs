using System.Reactive.Linq;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;

namespace AirIsland.Edge.Pipeline;

/// <summary>
/// Watches registers: what no meter does becomes Uncertain/SuspectRegister. Every read is kept as it is; what a step means for a bill is
/// decided in the cloud.
/// </summary>
public static class CounterWatch
{
    /// <summary>Reads that agree with each other before a register that fell is believed to have started anew.</summary>
    public const int Confirmations = 3;

    /// <summary>
    /// Suspect are: a step forward faster than the tag's <c>maxRate</c>; a step backwards, to zero or not, unless it is a turn-over by a
    /// small step; and what follows that step, until <see cref="Confirmations"/> reads in a row count on from it, or the old count is back.
    /// </summary>
    public static IObservable<Scan> WatchRegisters(this IObservable<Scan> scans, TagRegistry tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        var quality = Quality.Uncertain(QualityReason.SuspectRegister);
        return Observable.Defer(() =>
        {
            var registers = new SlotStates<Register>(tags);
            return scans.Select(s => s.Content != ScanContent.Registers ? s : s.MapInTurn(r =>
            {
                var tag = tags[r.Tag];
                if (tag.Kind != PointKind.Register || r.Count is not { } count) return r;
                return registers[r.Tag].Take(count, s.Instant, tag) ? r : r.Marked(quality);
            }));
        });
    }

    // A turn-over lies within the last and the first hundredth of the register.
    private static bool HasTurnedOver(long before, long count, long? modulus) =>
        modulus is { } width && count < before && count + width - before <= width / 100;

    private struct Register
    {
        private long _count, _instant, _fallen;
        private int _confirmed;
        private bool _isKnown;

        /// <summary>Whether the read can be believed.</summary>
        public bool Take(long count, long instant, TagDeclaration tag)
        {
            if (_isKnown && !Follows(count, instant, tag))
            {
                if (count >= _count) return false;
                // Fallen: it must count on from there.
                _confirmed = _confirmed > 0 && count >= _fallen ? _confirmed + 1 : 1;
                _fallen = count;
                if (_confirmed < Confirmations) return false;
            }
            (_count, _instant, _confirmed, _isKnown) = (count, instant, 0, true);
            return true;
        }

        private readonly bool Follows(long count, long instant, TagDeclaration tag)
        {
            var passed = count >= _count ? count : HasTurnedOver(_count, count, tag.Modulus) ? count + tag.Modulus!.Value : (long?)null;
            return passed is { } p && !(tag.MaxRate is { } rate && Judgements.IsTooFast(_count, _instant, p, instant, rate));
        }
    }
}
