using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace AirIsland.Edge.Configuration;

/// <summary>
/// Holds settings, wherever they come from, against the type they are bound to: the binder passes over a misspelt name without a word,
/// and stops at the first value that it cannot read.
/// </summary>
internal static class SettingsShape
{
    /// <summary>Every name that does not exist and every value that cannot be read, each by its whole path.</summary>
    public static IEnumerable<(string Path, string Mistake)> Mistakes(IConfigurationSection section, Type type)
    {
        if (ItemOf(type) is { } item)
            return section.GetChildren().SelectMany(c => IsEmpty(c) ? [Wrong(c, "is empty, an entry is wanted")] : Mistakes(c, item));
        if (IsValue(type)) return MistakesOfValue(section, type);
        if (!string.IsNullOrEmpty(section.Value)) return [Wrong(section, $"'{section.Value}' is a single value, a section is wanted")];
        return section.GetChildren().SelectMany(c => Setting(type, c.Key) is { } setting
            ? IsLeftEmpty(c, setting) ? [Wrong(c, "is null, a value is wanted")] : Mistakes(c, setting.PropertyType)
            : [Wrong(c, "is no known setting")]);
    }

    private static IEnumerable<(string Path, string Mistake)> MistakesOfValue(IConfigurationSection section, Type type)
    {
        if (section.GetChildren().Any()) yield return Wrong(section, "is a section, a single value is wanted");
        else if (section.Value is { } value && !TypeDescriptor.GetConverter(type).IsValid(value))
            yield return Wrong(section, $"'{value}' cannot be read as {NameOf(type)}");
    }

    private static (string Path, string Mistake) Wrong(IConfigurationSection at, string what) => (at.Path, $"{at.Path} {what}");

    private static PropertyInfo? Setting(Type type, string name) => type.GetProperties()
        .FirstOrDefault(p => p.SetMethod is { IsPublic: true } && p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    // An empty section is null too, and means its defaults.
    private static bool IsLeftEmpty(IConfigurationSection section, PropertyInfo setting) =>
        IsEmpty(section) && (IsValue(setting.PropertyType) || ItemOf(setting.PropertyType) is not null)
        && new NullabilityInfoContext().Create(setting).WriteState == NullabilityState.NotNull;

    private static bool IsEmpty(IConfigurationSection section) => section.Value is null && !section.GetChildren().Any();

    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    // What is not one of our records is a single value.
    private static bool IsValue(Type type) => type.Assembly != typeof(EdgeOptions).Assembly || type.IsEnum;

    private static string NameOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type).Name switch
    {
        nameof(Int32) or nameof(Int64) => "a whole number",
        nameof(Decimal) => "a number",
        nameof(TimeSpan) => "a time like 00:00:01.5",
        var name => name,
    };
}
