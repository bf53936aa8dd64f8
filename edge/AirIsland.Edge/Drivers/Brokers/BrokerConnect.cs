using AirIsland.Edge.Metering;
using MQTTnet;
using MQTTnet.Formatter;

namespace AirIsland.Edge.Drivers.Mqtt;

/// <summary>How the settings of a broker are said to the client library.</summary>
internal static class MqttConnect
{
    // Bounds the memory that a message can take. Far above what a meter sends: for each message that mosquitto keeps to itself because of
    // this limit, it forgets one place of those that may be in flight, until nothing comes any more.
    private const uint MaxPacket = 16 << 20;

    public static MqttClientOptions Options(BrokerOptions broker, BrokerSecrets secrets)
    {
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer(broker.Host, broker.Port)
            .WithClientId(broker.ClientId)
            .WithTimeout(broker.Timeout);
        if (broker.User is { } user) options.WithCredentials(user, secrets.Password);
        if (broker.Tls) options.WithTlsOptions(tls => Protect(tls, broker, secrets));
        return (broker.Version == BrokerVersion.Mqtt311 ? OfOld(options) : OfToday(options, broker)).Build();
    }

    private static void Protect(MqttClientTlsOptionsBuilder tls, BrokerOptions broker, BrokerSecrets secrets)
    {
        tls.UseTls().WithTargetHost(broker.Host)
            .WithCertificateValidationHandler(e => secrets.Accepts(e.Certificate, e.Chain, e.SslPolicyErrors));
        if (secrets.Certificate is { } own) tls.WithClientCertificates([own]);
    }

    private static MqttClientOptionsBuilder OfToday(MqttClientOptionsBuilder options, BrokerOptions broker) => options
        .WithProtocolVersion(MqttProtocolVersion.V500)
        .WithCleanStart(false)
        .WithSessionExpiryInterval((uint)broker.SessionExpiry.TotalSeconds)
        .WithReceiveMaximum((ushort)broker.MaxInFlight)
        .WithMaximumPacketSize(MaxPacket);

    private static MqttClientOptionsBuilder OfOld(MqttClientOptionsBuilder options) =>
        options.WithProtocolVersion(MqttProtocolVersion.V311).WithCleanSession(false);
}
