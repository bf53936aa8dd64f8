using System.Net.Sockets;

namespace AirIsland.Simulators.Devices;

/// <summary>
/// One request to a device from its arrival to its end. It has failed when it ends without a right answer. Counts ahead of the bytes: who
/// holds an answer, or a refusal, finds it counted.
/// </summary>
internal sealed class Errand : IDisposable
{
    private readonly ProfileDevice _device;
    private bool _isCounted;

    public Errand(ProfileDevice device)
    {
        _device = device;
        device.Traffic.Ask();
    }

    /// <summary>Sends what completes a right answer, and takes the count back when nobody was there to take the bytes.</summary>
    /// <param name="samples">What the answer brings.</param>
    /// <param name="send">Sends its last bytes.</param>
    public async Task AnswerAsync(int samples, Func<Task> send)
    {
        _isCounted = true;
        _device.Traffic.Answer();
        _device.Serve(samples);
        try
        {
            await send();
        }
        catch (Exception e) when (e is IOException or SocketException or TimeoutException or OperationCanceledException)
        {
            _device.Traffic.TakeBack();
            _device.Serve(-samples);
            _isCounted = false;
            throw;
        }
    }

    /// <summary>Whatever is sent now, it is no right answer.</summary>
    public void Fail()
    {
        if (_isCounted) return;
        _isCounted = true;
        _device.Traffic.Fail();
    }

    public void Dispose() => Fail();
}
