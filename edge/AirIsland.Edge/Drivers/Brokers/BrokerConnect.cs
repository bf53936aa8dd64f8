using AirIsland.Edge.Metering;
using MQTTnet;
using MQTTnet.Exceptions;

namespace AirIsland.Edge.Drivers.Brokers;

/// <summary>How the settings of a broker are said to the client library, and a connection is opened.</summary>
internal static class BrokerConnect
{
    /// <summary>Bounds the memory that a message can take, bytes; MQTT 5 brokers are told so.</summary>
    // Far above what a meter sends: for each message that mosquitto keeps to itself because of this limit, it forgets one place of those
    // that may be in flight, until nothing comes any more.
    public const uint MaxPacket = 16 << 20;

    /// <summary>Where the broker is, and what proves the edge and it to each other. What session is kept is the caller's.</summary>
    public static MqttClientOptionsBuilder Options(BrokerOptions broker, BrokerSecrets secrets)
    {
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer(broker.Host, broker.Port)
            .WithClientId(broker.ClientId)
            .WithTimeout(broker.Timeout);
        if (broker.User is { } user) options.WithCredentials(user, secrets.Password);
        if (broker.Tls) options.WithTlsOptions(tls => Protect(tls, broker, secrets));
        return options;
    }

    /// <summary>Connects.</summary>
    /// <exception cref="MqttCommunicationException">The broker cannot be reached, does not answer, or refused; says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task OpenAsync(
        IMqttClient client, MqttClientOptions options, BrokerSecrets secrets, CancellationToken cancellationToken)
    {
        try
        {
            var connected = await InTimeAsync(client, options, cancellationToken);
            if (connected.ResultCode == MqttClientConnectResultCode.Success) return;
            var why = $"{connected.ResultCode} {connected.ReasonString}".TrimEnd();
            throw new MqttCommunicationException($"the broker refused the connection: {why}");
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("the connection was given up while it was opened", e);
        }
        catch (MqttCommunicationException e)
        {
            var failure = e.GetBaseException().Message;
            throw new MqttCommunicationException(secrets.Refusal ?? (secrets.WhyRefused() is { } why ? $"{failure}; {why}" : failure));
        }
    }

    // The library knows no timeout where it is given a way to cancel.
    private static async Task<MqttClientConnectResult> InTimeAsync(
        IMqttClient client, MqttClientOptions options, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            return await client.ConnectAsync(options, limit.Token);
        }
        catch (Exception e) when (limit.IsCancellationRequested && e is OperationCanceledException or MqttCommunicationException)
        {
            throw new MqttCommunicationException($"the broker did not answer within {options.Timeout}");
        }
    }

    private static void Protect(MqttClientTlsOptionsBuilder tls, BrokerOptions broker, BrokerSecrets secrets)
    {
        tls.UseTls().WithTargetHost(broker.Host)
            .WithCertificateValidationHandler(e => secrets.Accepts(e.Certificate, e.Chain, e.SslPolicyErrors));
        if (secrets.Certificate is { } own) tls.WithClientCertificates([own]);
    }
}
