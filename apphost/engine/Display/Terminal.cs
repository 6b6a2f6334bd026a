using Spectre.Console;
using Spectre.Console.Rendering;

namespace Platform.LocalHost.Display;

/// <summary>Where the engine speaks to people.</summary>
internal static class Terminal
{
    /// <summary>A terminal that can redraw; otherwise lines are only ever appended.</summary>
    public static bool IsInteractive => AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;

    public static void Line(string text) => Console.WriteLine(text);

    public static void Error(string text) => Console.Error.WriteLine(text);

    public static void Show(IRenderable content)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 200;
        AnsiConsole.Write(content);
    }
}
