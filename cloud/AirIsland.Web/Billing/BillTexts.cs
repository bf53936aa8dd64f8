using AirIsland.Web.Shell;

namespace AirIsland.Web.Billing;

/// <summary>Every word of the bill page. Two instances, Chinese and English: the compiler sees to it that neither lacks one.</summary>
public sealed record BillTexts
{
    public static readonly BillTexts Chinese = new()
    {
        Title = "用气结算单",
        Period = "账期",
        Until = "至",
        HalfOpen = "起（含）至 止（不含）",
        AmountDue = "金额",
        Register = "计量表",
        Serial = "表号",
        Class = "精度等级",
        Contract = "合同",
        Version = "第 {0} 版",
        Item = "项目",
        At = "时刻",
        Reading = "表底数（m³）",
        Quality = "质量",
        Start = "起始读数",
        End = "终止读数",
        Difference = "差值（表计状态）",
        Rollover = "其中表计翻转补加",
        Conversion = "换算",
        MeterState = "表计参考状态",
        ContractState = "合同参考状态",
        Factor = "换算系数",
        Billed = "结算气量",
        Price = "单价",
        PriceUnit = "元/m³",
        Amount = "金额",
        QualityTitle = "数据质量",
        QualityGood = "起止两次读数质量均为良好。",
        QualityOther = "起止读数中较差者：{0}。",
        Recompute = "手工复算",
        Rounding = "气量按 {0} m³ 修约（四舍六入五成双）；金额修约到分（四舍五入）。",
        Provisional = "按所选账期由原始表底数即时计算，尚未开具发票。",
        Good = "良好",
        Choose = "选择账期",
        From = "起（含）",
        To = "止（不含）",
        Show = "查看",
        Print = "打印",
        DefaultPeriod = "未指定账期：显示最近一个月份中已有读数的区间。",
        BadPeriod = "账期无法识别",
        Missing = "缺少“{0}”（{1}）。",
        NotADate = "“{0}”（{1}）不是有效日期：{2}。请按 2026-10-01 或 2026-10-01 08:00 填写。",
        NotAfterStart = "“{0}”（{1}）必须晚于起始时刻。",
        TooLong = "账期最长 400 天。",
        OutOfRange = "“{0}”（{1}）须在 1970 年至 2200 年之间。",
        Unbillable = "无法生成结算单",
        FirstRead = "首次读数",
        LastRead = "最近读数",
        NoRead = "无",
        NextStep = "下一步",
        UseCovered = "查看已有读数的最近账期",
        NoReads = "该企业的计量表还没有任何读数。",
        NoReadsStep = "请检查流量计、网关与平台之间的通讯。",
        NotCovered = "所选账期超出已有读数的范围。",
        NotCoveredStep = "请在首次读数与最近读数之间选择账期。",
        Backwards = "账期内表底数倒走。",
        BackwardsStep = "请核对换表或清零记录，并由管理员裁定。",
        ClockDoubted = "账期附近有时钟存疑的表读数。",
        ClockDoubtedStep = "请管理员核对网关时钟并裁定该读数，之后再开账单。",
        NoContract = "账期内没有有效合同。",
        NoContractStep = "请管理员登记合同后重试。",
        ContractChanges = "账期内合同条款发生变更。",
        ContractChangesStep = "请以变更时刻为界分成两个账期。",
        Supplier = "供方（盖章）",
        Customer = "需方确认",
        Date = "日期",
    };

    public static readonly BillTexts English = new()
    {
        Title = "Compressed air bill",
        Period = "Period",
        Until = "to",
        HalfOpen = "start included, end excluded",
        AmountDue = "Amount",
        Register = "Meter",
        Serial = "serial",
        Class = "class",
        Contract = "Contract",
        Version = "version {0}",
        Item = "Item",
        At = "Instant",
        Reading = "Register (m³)",
        Quality = "Quality",
        Start = "Read at the start",
        End = "Read at the end",
        Difference = "Difference (meter state)",
        Rollover = "of which added for the register's rollover",
        Conversion = "Conversion",
        MeterState = "Meter's reference state",
        ContractState = "Contract's reference state",
        Factor = "Factor",
        Billed = "Billed volume",
        Price = "Price",
        PriceUnit = "CNY/m³",
        Amount = "Amount",
        QualityTitle = "Data quality",
        QualityGood = "Both boundary reads are good.",
        QualityOther = "The worse of the two boundary reads: {0}.",
        Recompute = "By hand",
        Rounding = "Volume rounded half to even at {0} m³; amount rounded half away from zero to 0.01 CNY.",
        Provisional = "Computed now from the raw register reads of the chosen period; no invoice has been issued.",
        Good = "good",
        Choose = "Choose a period",
        From = "from (included)",
        To = "to (excluded)",
        Show = "Show",
        Print = "Print",
        DefaultPeriod = "No period given: shown is what there are reads for of the latest month.",
        BadPeriod = "The period cannot be read",
        Missing = "“{0}” ({1}) is missing.",
        NotADate = "“{0}” ({1}) is no date: {2}. Write 2026-10-01 or 2026-10-01 08:00.",
        NotAfterStart = "“{0}” ({1}) must be later than the start.",
        TooLong = "A period has at most 400 days.",
        OutOfRange = "“{0}” ({1}) must lie between 1970 and 2200.",
        Unbillable = "There is no bill for this period",
        FirstRead = "First read",
        LastRead = "Latest read",
        NoRead = "none",
        NextStep = "Next step",
        UseCovered = "Show the latest period that has reads",
        NoReads = "The company's meter has no reads yet.",
        NoReadsStep = "Check the link between meter, gateway and platform.",
        NotCovered = "The period reaches beyond the reads there are.",
        NotCoveredStep = "Choose a period between the first and the latest read.",
        Backwards = "The register runs backwards inside the period.",
        BackwardsStep = "Check whether the meter was replaced or reset; an administrator has to decide.",
        ClockDoubted = "Near the period is a read whose clock is in doubt.",
        ClockDoubtedStep = "An administrator has to look at the gateway's clock and decide about the read; the bill waits for that.",
        NoContract = "No contract is valid in the period.",
        NoContractStep = "Ask the administrator to enter the contract, then try again.",
        ContractChanges = "The contract changes inside the period.",
        ContractChangesStep = "Split the period where the contract changes.",
        Supplier = "Supplier (seal)",
        Customer = "Customer",
        Date = "Date",
    };

    public static BillTexts Current => Cultures.IsEnglish ? English : Chinese;

    public required string Title { get; init; }

    public required string Period { get; init; }

    public required string Until { get; init; }

    public required string HalfOpen { get; init; }

    public required string AmountDue { get; init; }

    public required string Register { get; init; }

    public required string Serial { get; init; }

    public required string Class { get; init; }

    public required string Contract { get; init; }

    public required string Version { get; init; }

    public required string Item { get; init; }

    public required string At { get; init; }

    public required string Reading { get; init; }

    public required string Quality { get; init; }

    public required string Start { get; init; }

    public required string End { get; init; }

    public required string Difference { get; init; }

    public required string Rollover { get; init; }

    public required string Conversion { get; init; }

    public required string MeterState { get; init; }

    public required string ContractState { get; init; }

    public required string Factor { get; init; }

    public required string Billed { get; init; }

    public required string Price { get; init; }

    public required string PriceUnit { get; init; }

    public required string Amount { get; init; }

    public required string QualityTitle { get; init; }

    public required string QualityGood { get; init; }

    public required string QualityOther { get; init; }

    public required string Recompute { get; init; }

    public required string Rounding { get; init; }

    public required string Provisional { get; init; }

    public required string Good { get; init; }

    public required string Choose { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required string Show { get; init; }

    public required string Print { get; init; }

    public required string DefaultPeriod { get; init; }

    public required string BadPeriod { get; init; }

    public required string Missing { get; init; }

    public required string NotADate { get; init; }

    public required string NotAfterStart { get; init; }

    public required string TooLong { get; init; }

    public required string OutOfRange { get; init; }

    public required string Unbillable { get; init; }

    public required string FirstRead { get; init; }

    public required string LastRead { get; init; }

    public required string NoRead { get; init; }

    public required string NextStep { get; init; }

    public required string UseCovered { get; init; }

    public required string NoReads { get; init; }

    public required string NoReadsStep { get; init; }

    public required string NotCovered { get; init; }

    public required string NotCoveredStep { get; init; }

    public required string Backwards { get; init; }

    public required string BackwardsStep { get; init; }

    public required string ClockDoubted { get; init; }

    public required string ClockDoubtedStep { get; init; }

    public required string NoContract { get; init; }

    public required string NoContractStep { get; init; }

    public required string ContractChanges { get; init; }

    public required string ContractChangesStep { get; init; }

    public required string Supplier { get; init; }

    public required string Customer { get; init; }

    public required string Date { get; init; }
}
