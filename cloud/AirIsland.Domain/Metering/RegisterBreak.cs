using NodaTime;

namespace AirIsland.Domain.Metering;

/// <summary>An instant over which a register must not be read without a person: it ran backwards, or two reads of it disagree.</summary>
public readonly record struct RegisterBreak(Instant At, RegisterStep Step)
{
    public override string ToString() => Step == RegisterStep.Conflict ? $"two reads of {At} disagree" : $"it ran backwards at {At}";
}
