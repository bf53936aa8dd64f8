using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AirIsland.Simulators;

/// <summary>Reads settings so that a name written wrong is a mistake and not a default.</summary>
internal static class StrictSettings
{
    /// <summary>Null when the section is empty.</summary>
    /// <exception cref="OptionsValidationException">Something in it is not known or cannot be read; it is named.</exception>
    public static T? Read<T>(IConfigurationSection section)
    {
        try
        {
            return section.Get<T>(binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            // The binder names the setting, in the innermost of its exceptions.
            var innermost = e;
            while (innermost.InnerException is InvalidOperationException inner) innermost = inner;
            throw new OptionsValidationException(section.Path, typeof(T), [$"{section.Path.Split(':')[0]}: {innermost.Message}"]);
        }
    }
}
