using AirIsland.Quantities;

namespace AirIsland.Web.Shell;

/// <summary>Why a value is not good, for a person; nothing for a good one.</summary>
public static class QualityText
{
    public static string? Of(Quality quality) => quality.Level switch
    {
        QualityLevel.Good => null,
        QualityLevel.Bad => Cultures.Pick("无有效值：", "No valid value: ") + Reason(quality.Reason),
        _ => Cultures.Pick("数值存疑：", "Uncertain: ") + Reason(quality.Reason),
    };

    public static string Reason(QualityReason reason) => reason switch
    {
        QualityReason.Substituted => Cultures.Pick("替代值", "substituted"),
        QualityReason.OutOfRange => Cultures.Pick("超出量程", "out of range"),
        QualityReason.Frozen => Cultures.Pick("读数不变化", "reading frozen"),
        QualityReason.Clock => Cultures.Pick("时钟可疑", "clock suspect"),
        QualityReason.Communication => Cultures.Pick("通讯中断", "communication lost"),
        QualityReason.SuspectRegister => Cultures.Pick("表底数可疑", "register suspect"),
        QualityReason.Historical => Cultures.Pick("补传数据", "historical"),
        QualityReason.Configuration => Cultures.Pick("配置有误", "configuration"),
        _ => Cultures.Pick("原因未知", "no reason given"),
    };
}
