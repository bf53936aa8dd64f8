namespace AirIsland.Web.Shell;

/// <summary>Every word of the frame around the pages, Chinese and English.</summary>
public sealed record ShellTexts
{
    public static readonly ShellTexts Chinese = new()
    {
        Brand = "智慧气岛",
        Twin = "孪生",
        Bills = "账单",
        Station = "气站",
        Navigation = "主导航",
        Language = "English",
        LanguageLabel = "Switch to English",
        ThemeLabel = "切换深色或浅色",
        Age = "数据 {0} s 前",
        Waiting = "等待数据",
        Show = "查看",
        Reconnecting = "与服务器的连接已中断，正在重连…画面为断开前的数值",
        ConnectionGone = "与服务器的连接已丢失，服务恢复后将自动刷新",
        NotFound = "页面不存在",
        NotFoundHint = "该页面不存在，或此账号无权查看。",
        Home = "返回首页",
    };

    public static readonly ShellTexts English = new()
    {
        Brand = "AirIsland",
        Twin = "Twin",
        Bills = "Bills",
        Station = "Station",
        Navigation = "Main navigation",
        Language = "中文",
        LanguageLabel = "切换为中文",
        ThemeLabel = "Switch dark or light",
        Age = "data {0} s ago",
        Waiting = "waiting for data",
        Show = "Show",
        Reconnecting = "Connection to the server lost, reconnecting… The picture shows the values from before",
        ConnectionGone = "Connection to the server lost; the page reloads as soon as the server is back",
        NotFound = "Page not found",
        NotFoundHint = "This page does not exist, or this account may not see it.",
        Home = "Back to the start",
    };

    public static ShellTexts Current => Cultures.IsEnglish ? English : Chinese;

    public required string Brand { get; init; }

    public required string Twin { get; init; }

    public required string Bills { get; init; }

    public required string Station { get; init; }

    public required string Navigation { get; init; }

    public required string Language { get; init; }

    public required string LanguageLabel { get; init; }

    public required string ThemeLabel { get; init; }

    public required string Age { get; init; }

    public required string Waiting { get; init; }

    public required string Show { get; init; }

    public required string Reconnecting { get; init; }

    public required string ConnectionGone { get; init; }

    public required string NotFound { get; init; }

    public required string NotFoundHint { get; init; }

    public required string Home { get; init; }
}
