using System.Text.Json.Serialization;

namespace AirIsland.Simulators.Devices.Meters.Faults;

/// <summary>
/// Something that goes wrong with a meter, as it stands in a scenario and in a truth file. A closed set. Where a <c>Point</c> is null,
/// all points are meant.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Frozen), "frozen")]
[JsonDerivedType(typeof(RegisterFrozen), "registerFrozen")]
[JsonDerivedType(typeof(Stuck), "stuck")]
[JsonDerivedType(typeof(Silent), "silent")]
[JsonDerivedType(typeof(ReadsZero), "readsZero")]
[JsonDerivedType(typeof(RegisterReset), "registerReset")]
[JsonDerivedType(typeof(RegisterJump), "registerJump")]
[JsonDerivedType(typeof(CountsBackwards), "countsBackwards")]
[JsonDerivedType(typeof(Swapped), "swapped")]
[JsonDerivedType(typeof(Exchanged), "exchanged")]
[JsonDerivedType(typeof(Tampered), "tampered")]
[JsonDerivedType(typeof(ClockWrong), "clockWrong")]
[JsonDerivedType(typeof(Duplicating), "duplicating")]
[JsonDerivedType(typeof(Late), "late")]
[JsonDerivedType(typeof(TransformerRatioWrong), "transformerRatioWrong")]
[JsonDerivedType(typeof(PhaseMissing), "phaseMissing")]
[JsonDerivedType(typeof(NoiseBurst), "noiseBurst")]
public abstract record MeterFault
{
    private MeterFault()
    {
    }

    /// <summary>The device answers, and shows what it showed when it froze.</summary>
    /// <param name="CatchesUp">It went on counting inside, and the register jumps when it thaws; otherwise the amount is lost.</param>
    public sealed record Frozen(bool CatchesUp = false) : MeterFault;

    /// <summary>The momentary readings live, the registers stand; what passes is lost.</summary>
    public sealed record RegisterFrozen : MeterFault;

    /// <summary>The sensor stands at a value, by default at its last, and the register counts that.</summary>
    public sealed record Stuck(string? Point = null, double? Value = null) : MeterFault;

    /// <summary>The device does not answer, sends nothing; it goes on measuring.</summary>
    public sealed record Silent : MeterFault;

    /// <summary>Reads 0, registers included, and goes on counting inside.</summary>
    public sealed record ReadsZero(string? Point = null) : MeterFault;

    /// <summary>The registers fall to zero; clearing gives back what they lost.</summary>
    public sealed record RegisterReset : MeterFault;

    /// <summary>The registers jump by an amount, in their unit; clearing takes it off again.</summary>
    public sealed record RegisterJump(decimal By) : MeterFault;

    /// <summary>The registers run backwards with what is seen.</summary>
    public sealed record CountsBackwards : MeterFault;

    /// <summary>The wiring of two meters is exchanged: each sees what belongs to the other. The bank sets it on both.</summary>
    /// <param name="With">Id of the other one.</param>
    public sealed record Swapped(string With) : MeterFault;

    /// <summary>Another meter is fitted: new serial, new errors, registers at a value. Clearing fits the old one again.</summary>
    /// <param name="Serial">Of the new one; without a given gain its errors are drawn by it.</param>
    /// <param name="Register">What its registers hold.</param>
    /// <param name="Gain">Its gain error, and no other; null draws them within the class.</param>
    public sealed record Exchanged(string Serial, decimal Register = 0, double? Gain = null) : MeterFault;

    /// <summary>Somebody makes it see less: −0.3 for 30 % less on every flowing value, or on one point.</summary>
    public sealed record Tampered(double Gain = -0.3, string? Point = null) : MeterFault;

    /// <summary>The device's own clock is ahead by that much, and runs away by so many seconds a day.</summary>
    public sealed record ClockWrong(double OffsetSeconds, double DriftSecondsPerDay = 0) : MeterFault;

    /// <summary>Every message comes that many times, at least 2.</summary>
    public sealed record Duplicating(int Times = 2) : MeterFault;

    /// <summary>Every message comes that much later than its time stamp.</summary>
    public sealed record Late(double Seconds) : MeterFault;

    /// <summary>The ratio of the current transformers is wrong: current, power, energy times this (0.5: 100/5, not 200/5).</summary>
    public sealed record TransformerRatioWrong(double Factor) : MeterFault;

    /// <summary>A phase does not reach the meter: its voltage and current read 0, power and energy lose its third.</summary>
    public sealed record PhaseMissing(Phase Phase) : MeterFault;

    /// <summary>Readings flicker by a standard deviation of that share of full scale; registers do not.</summary>
    public sealed record NoiseBurst(double ShareOfFullScale, string? Point = null) : MeterFault;
}
