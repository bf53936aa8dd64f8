using Xunit.Sdk;

namespace AirIsland.Cloud.Tests.Servers;

/// <summary>A fact that is left out in a class whose program (<see cref="NeedsProgramAttribute"/>) is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("AirIsland.Cloud.Tests.Servers.ContractFactDiscoverer", "AirIsland.Cloud.Tests")]
public sealed class ContractFactAttribute : FactAttribute;
