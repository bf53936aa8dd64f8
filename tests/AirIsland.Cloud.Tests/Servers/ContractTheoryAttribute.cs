using Xunit.Sdk;

namespace AirIsland.Cloud.Tests.Servers;

/// <summary>As <see cref="ContractFactAttribute"/>, with rows of data.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("AirIsland.Cloud.Tests.Servers.ContractTheoryDiscoverer", "AirIsland.Cloud.Tests")]
public sealed class ContractTheoryAttribute : TheoryAttribute;
