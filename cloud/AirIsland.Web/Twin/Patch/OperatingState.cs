using AirIsland.Web.Shell;

namespace AirIsland.Web.Twin.Patch;

/// <summary>The compressor states of OPC 40250-1 as a word for people and a class for the picture.</summary>
public static class OperatingState
{
    /// <summary>The word at the card's top right.</summary>
    public static string Word(int code) => code switch
    {
        1 => Cultures.Pick("停机", "Stopped"),
        2 => Cultures.Pick("启动中", "Starting"),
        3 => Cultures.Pick("停止中", "Stopping"),
        4 => Cultures.Pick("卸载", "Unloaded"),
        5 => Cultures.Pick("加载中", "Loading"),
        6 => Cultures.Pick("卸载中", "Unloading"),
        7 => Cultures.Pick("加载", "Loaded"),
        _ => Cultures.Pick("其他", "Other"),
    };

    /// <summary><c>load</c> delivers air, <c>run</c> turns without delivering, <c>stop</c> stands still, else <c>unknown</c>.</summary>
    public static string Class(int? code) => code switch
    {
        5 or 6 or 7 => "load",
        2 or 3 or 4 => "run",
        1 => "stop",
        _ => "unknown",
    };
}
