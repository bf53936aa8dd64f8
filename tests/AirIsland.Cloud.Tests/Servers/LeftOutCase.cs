using Xunit.Abstractions;
using Xunit.Sdk;

namespace AirIsland.Cloud.Tests.Servers;

/// <summary>A test that is left out; the reason is looked up again wherever it is read back.</summary>
internal sealed class LeftOutCase : XunitTestCase
{
    [Obsolete("for xunit, which reads it back")]
    public LeftOutCase()
    {
    }

    private LeftOutCase(IMessageSink messages, ITestMethod method)
        : base(messages, TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None, method)
    {
    }

    public static LeftOutCase? Of(IMessageSink messages, ITestMethod method) =>
        Missing(method) is null ? null : new LeftOutCase(messages, method);

    protected override string GetSkipReason(IAttributeInfo factAttribute) => $"{Missing(TestMethod)} is not installed";

    private static string? Missing(ITestMethod method) =>
        method.TestClass.Class.GetCustomAttributes(typeof(NeedsProgramAttribute).AssemblyQualifiedName).FirstOrDefault() is { } needs
        && needs.GetNamedArgument<string>(nameof(NeedsProgramAttribute.Program)) is var program
        && NeedsProgramAttribute.Find(program) is null ? program : null;
}
