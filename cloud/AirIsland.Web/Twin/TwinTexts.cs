using AirIsland.Web.Shell;

namespace AirIsland.Web.Twin;

/// <summary>Every word of the twin page. Two instances, Chinese and English: the compiler sees to it that neither lacks one.</summary>
public sealed record TwinTexts
{
    public static readonly TwinTexts Chinese = new()
    {
        Title = "孪生",
        Process = "工艺流程",
        Compression = "压缩",
        Treatment = "净化干燥",
        Storage = "储气与计量",
        Supply = "用气企业",
        HeaderPressure = "母管压力",
        TotalFlow = "总供气流量",
        TotalPower = "总功率",
        SpecificEnergy = "当前气电比",
        DewPoint = "压力露点",
        EnergyRegister = "电表底数",
        EnergyNote = "全站累计电量",
        NormalBand = "正常带",
        At = "标况",
        PowerNote = "全站电表",
        DewPointNote = "干燥机后母管",
        BelowBand = "偏低",
        AboveBand = "偏高",
        Power = "功率",
        OutletPressure = "排压",
        OutletTemperature = "排温",
        MotorCurrent = "电流",
        RunningTime = "运行",
        LoadedTime = "加载",
        Frequency = "频率",
        Pressure = "到户压力",
        Temperature = "温度",
        Capacity = "能力",
        Register = "表底数",
        VariableSpeed = "变频",
        FixedSpeed = "定频",
        Bill = "账单 ›",
        Running = "运行",
        Stopped = "停机",
        Uncertain = "数值存疑",
        NoValue = "无有效值",
        Animation = "流动",
        LastMinutes = "近 10 min",
        DiagramLabel = "工艺流程图",
    };

    public static readonly TwinTexts English = new()
    {
        Title = "Twin",
        Process = "Process",
        Compression = "Compression",
        Treatment = "Drying",
        Storage = "Storage and metering",
        Supply = "Companies",
        HeaderPressure = "Header pressure",
        TotalFlow = "Total flow",
        TotalPower = "Total power",
        SpecificEnergy = "Air-to-power ratio now",
        DewPoint = "Pressure dew point",
        EnergyRegister = "Energy register",
        EnergyNote = "whole station",
        NormalBand = "normal band",
        At = "at",
        PowerNote = "station power meter",
        DewPointNote = "header after the dryer",
        BelowBand = "low",
        AboveBand = "high",
        Power = "Power",
        OutletPressure = "Press.",
        OutletTemperature = "Temp.",
        MotorCurrent = "Curr.",
        RunningTime = "Run",
        LoadedTime = "Load",
        Frequency = "Speed",
        Pressure = "Pressure",
        Temperature = "Temp.",
        Capacity = "capacity",
        Register = "Register",
        VariableSpeed = "VSD",
        FixedSpeed = "Fixed",
        Bill = "Bill ›",
        Running = "running",
        Stopped = "stopped",
        Uncertain = "uncertain",
        NoValue = "no valid value",
        Animation = "Flow",
        LastMinutes = "last 10 min",
        DiagramLabel = "process diagram",
    };

    public static TwinTexts Current => Cultures.IsEnglish ? English : Chinese;

    public required string Title { get; init; }

    public required string Process { get; init; }

    public required string Compression { get; init; }

    public required string Treatment { get; init; }

    public required string Storage { get; init; }

    public required string Supply { get; init; }

    public required string HeaderPressure { get; init; }

    public required string TotalFlow { get; init; }

    public required string TotalPower { get; init; }

    public required string SpecificEnergy { get; init; }

    public required string DewPoint { get; init; }

    public required string EnergyRegister { get; init; }

    public required string EnergyNote { get; init; }

    public required string NormalBand { get; init; }

    public required string At { get; init; }

    public required string PowerNote { get; init; }

    public required string DewPointNote { get; init; }

    public required string BelowBand { get; init; }

    public required string AboveBand { get; init; }

    public required string Power { get; init; }

    public required string OutletPressure { get; init; }

    public required string OutletTemperature { get; init; }

    public required string MotorCurrent { get; init; }

    public required string RunningTime { get; init; }

    public required string LoadedTime { get; init; }

    public required string Frequency { get; init; }

    public required string Pressure { get; init; }

    public required string Temperature { get; init; }

    public required string Capacity { get; init; }

    public required string Register { get; init; }

    public required string VariableSpeed { get; init; }

    public required string FixedSpeed { get; init; }

    public required string Bill { get; init; }

    public required string Running { get; init; }

    public required string Stopped { get; init; }

    public required string Uncertain { get; init; }

    public required string NoValue { get; init; }

    public required string Animation { get; init; }

    public required string LastMinutes { get; init; }

    public required string DiagramLabel { get; init; }
}
