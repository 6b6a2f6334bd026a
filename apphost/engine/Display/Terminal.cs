using Spectre.Console;
using Spectre.Console.Rendering;

namespace Platform.LocalHost.Display;

/// <summary>Where the engine speaks to people.</summary>
internal static class Terminal
{
    /// <summary>A terminal that can redraw; otherwise lines are only ever appended.</summary>
    public static bool IsInteractive => AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;

    public static void Line(string text) => Write(Console.Out, text);

    public static void Error(string text) => Write(Console.Error, text);

    public static void Show(IRenderable content)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 200;
        AnsiConsole.Write(content);
    }

    private static void Write(TextWriter writer, string text)
    {
        try
        {
            writer.WriteLine(text);
        }
        catch (IOException)
        {
            // The terminal, or whoever read the output, is gone; the work of stopping goes on without words.
        }
    }
}
