namespace AirIsland.Simulators.Devices;

/// <summary>One request from its arrival to its end. It has failed when it ends without an answer.</summary>
internal sealed class Errand : IDisposable
{
    private readonly DeviceTraffic _traffic;
    private bool _answered;

    public Errand(DeviceTraffic traffic)
    {
        _traffic = traffic;
        traffic.Ask();
    }

    public void Answer()
    {
        _answered = true;
        _traffic.Answer();
    }

    /// <summary>The answer did not arrive after all.</summary>
    public void TakeBack()
    {
        if (!_answered) return;
        _answered = false;
        _traffic.TakeBack();
    }

    public void Dispose()
    {
        if (!_answered) _traffic.Fail();
    }
}
