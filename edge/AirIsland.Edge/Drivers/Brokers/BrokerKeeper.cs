using System.Net.Sockets;
using System.Security.Authentication;
using AirIsland.Edge.Metering;
using MQTTnet.Exceptions;

namespace AirIsland.Edge.Drivers.Brokers;

/// <summary>
/// One connection to a broker after the other. Rests grow until a connection has lasted: two clients with one id throw each other out, and
/// what lives between two tries of the other proves nothing. All times are real. Not thread-safe.
/// </summary>
internal sealed class BrokerKeeper(BrokerOptions broker)
{
    private readonly Backoff _rests = new(broker.ShortestRest, broker.LongestRest);
    private bool _isFlapping;

    /// <summary>Ends when the next connection may be tried.</summary>
    public Task Rest => _rests.Rest;

    // The other one rests about as long.
    private TimeSpan Lasting => 2 * broker.LongestRest;

    /// <summary>Runs one connection to its end. Returns why it failed; null when it was ended here.</summary>
    /// <param name="connection">The one to be opened.</param>
    /// <param name="open">Opens it and returns what serves it: a task that is cancelled when the connection is lost.</param>
    /// <param name="connected">Told when it is news that there is one: of connections that die young, only when one has lasted.</param>
    /// <param name="ended">Cancelled when it is to end.</param>
    public async Task<string?> ConverseAsync(
        BrokerConnection connection, Func<BrokerSecrets, Task<Task>> open, Action connected, CancellationToken ended)
    {
        var (wasFlapping, hasLasted) = (_isFlapping, false);
        _isFlapping = false;
        try
        {
            using var secrets = BrokerSecrets.Load(broker);
            var serving = await open(secrets);
            if (!wasFlapping && connection.Failure is null) connected();
            await serving.WaitAsync(Lasting, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            hasLasted = !serving.IsCompleted;
            if (hasLasted) _rests.Recover();
            if (hasLasted && wasFlapping) connected();
            await serving;
            return null;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            _isFlapping = !hasLasted && connection.Failure is null;
            return connection.Failure ?? (hasLasted
                ? "the connection was lost"
                : $"the connection was lost soon after it was opened; another client may use the id '{broker.ClientId}'");
        }
        catch (Exception e) when (
            e is MqttCommunicationException or MqttProtocolViolationException or SocketException or AuthenticationException)
        {
            return e.GetBaseException().Message;
        }
    }

    /// <summary>A rest begins, longer than the one before. True when the failure is news.</summary>
    public bool Fail(string failure) => _rests.Fail(failure);
}
