using Xunit.Abstractions;
using Xunit.Sdk;

namespace AirIsland.Cloud.Tests.Servers;

internal sealed class ContractFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo fact) =>
        LeftOutCase.Of(messages, method) is { } left ? [left] : new FactDiscoverer(messages).Discover(options, method, fact);
}

internal sealed class ContractTheoryDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo fact) =>
        LeftOutCase.Of(messages, method) is { } left ? [left] : new TheoryDiscoverer(messages).Discover(options, method, fact);
}
