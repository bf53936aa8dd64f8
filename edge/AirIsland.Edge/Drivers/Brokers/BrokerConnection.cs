using AirIsland.Edge.Metering;
using MQTTnet;
using MQTTnet.Exceptions;

namespace AirIsland.Edge.Drivers.Brokers;

/// <summary>
/// One connection to a broker, from its opening to its loss. Whatever is asked of the broker it answers in time, or the connection is given
/// up: the library knows no timeout where it is given a way to cancel.
/// </summary>
internal sealed class BrokerConnection : IDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    // Never disposed: it holds nothing, and whoever still asks is to hear that the connection is lost.
    private readonly CancellationTokenSource _lost = new();
    private readonly TimeSpan _timeout;

    /// <param name="broker">Whose timeout holds for each request.</param>
    /// <param name="received">
    /// Gets each message, one after the other. Must not wait: what comes meanwhile would pile up in the library, where nothing bounds it.
    /// </param>
    public BrokerConnection(BrokerOptions broker, Func<MqttApplicationMessageReceivedEventArgs, Task> received)
    {
        _timeout = broker.Timeout;
        _client.DisconnectedAsync += _ => _lost.CancelAsync();
        _client.ApplicationMessageReceivedAsync += received;
    }

    /// <summary>Cancelled when the connection is lost, or was given up.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Why the connection was given up here; null when it was not.</summary>
    public string? Failure { get; private set; }

    /// <exception cref="MqttCommunicationException">The broker cannot be reached, does not answer, or refused; says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task OpenAsync(MqttClientOptionsBuilder options, BrokerSecrets secrets, CancellationToken cancellationToken) =>
        BrokerConnect.OpenAsync(_client, options.Build(), secrets, cancellationToken);

    /// <summary>Returns the topics that the broker refused, and why.</summary>
    /// <exception cref="MqttCommunicationException">The broker does not answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the connection was lost.</exception>
    public async Task<IReadOnlyList<(string Topic, string Reason)>> SubscribeAsync(
        MqttClientSubscribeOptionsBuilder wanted, CancellationToken cancellationToken)
    {
        var result = await InTimeAsync(c => _client.SubscribeAsync(wanted.Build(), c), "confirm the subscriptions", cancellationToken);
        return [.. from i in result.Items
                   where i.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2
                   select (i.TopicFilter.Topic, $"{i.ResultCode}")];
    }

    /// <exception cref="MqttCommunicationException">The broker does not answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the connection was lost.</exception>
    public Task UnsubscribeAsync(IReadOnlyCollection<string> topics, CancellationToken cancellationToken)
    {
        var unwanted = new MqttClientUnsubscribeOptionsBuilder();
        foreach (var topic in topics) unwanted.WithTopicFilter(topic);
        return topics.Count == 0 ? Task.CompletedTask
            : InTimeAsync(c => _client.UnsubscribeAsync(unwanted.Build(), c), "confirm the end of subscriptions", cancellationToken);
    }

    /// <summary>Ends when the broker has it, as far as its quality of service says so.</summary>
    /// <exception cref="MqttCommunicationException">The broker does not take it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the connection was lost.</exception>
    public Task PublishAsync(MqttApplicationMessage message, CancellationToken cancellationToken) =>
        InTimeAsync(c => _client.PublishAsync(message, c), "take a message", cancellationToken);

    /// <exception cref="MqttCommunicationException">The broker does not take it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the connection was lost.</exception>
    public Task AcknowledgeAsync(MqttApplicationMessageReceivedEventArgs message, CancellationToken cancellationToken) => InTimeAsync(
        async c =>
        {
            await message.AcknowledgeAsync(c);
            return true;
        },
        "take an acknowledgement",
        cancellationToken);

    /// <summary>Gives the connection up: whoever serves hears that it was lost.</summary>
    public Task AbandonAsync(string failure)
    {
        Failure = failure;
        return _lost.CancelAsync();
    }

    /// <summary>Says good-bye, in time.</summary>
    public Task CloseAsync() => _client.TryDisconnectAsync(MqttClientDisconnectOptionsReason.NormalDisconnection, null);

    public void Dispose()
    {
        _lost.Cancel();
        _client.Dispose();
    }

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> ask, string what, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _lost.Token);
        limit.CancelAfter(_timeout);
        try
        {
            return await ask(limit.Token);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested || _lost.IsCancellationRequested || !_client.IsConnected)
        {
            throw new OperationCanceledException("the connection was closed or lost meanwhile", e);
        }
        catch (Exception e) when (e is OperationCanceledException or MqttCommunicationException)
        {
            var failure = limit.IsCancellationRequested ? $"the broker did not {what} within {_timeout}" : e.GetBaseException().Message;
            await AbandonAsync(failure);
            throw new MqttCommunicationException(failure);
        }
    }
}
