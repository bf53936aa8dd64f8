namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>What came of one request: registers only when it was granted, else a text that says what happened.</summary>
internal readonly record struct Answer(AnswerKind Kind, ushort[] Registers, string Text)
{
    public static Answer Granted(ushort[] registers) => new(AnswerKind.Granted, registers, "");

    public static Answer Not(AnswerKind kind, string text) => new(kind, [], text);
}
