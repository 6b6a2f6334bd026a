using Aspire.Hosting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Platform.LocalHost.Display;

/// <summary>Where the engine speaks to people.</summary>
internal static class Terminal
{
    /// <summary>A terminal that can redraw; otherwise lines are only ever appended.</summary>
    public static bool IsInteractive => AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;

    /// <summary>Somebody is there who can be asked.</summary>
    public static bool CanAsk => IsInteractive && !Console.IsInputRedirected;

    /// <summary>Asks until the answer is one; secrets are not shown.</summary>
    public static Task<string> AskAsync(InteractionInput input, CancellationToken cancellationToken)
    {
        var question = new TextPrompt<string>(Markup.Escape($"{input.Label ?? input.Name}{(input.Description is null ? "" : $" ({input.Description})")}:"))
            .Validate(answer => input.With(answer).Problem() is { } problem ? ValidationResult.Error(Markup.Escape(problem)) : ValidationResult.Success());
        if (input.InputType is InputType.SecretText)
            question.Secret();
        if (input.Options is { } options)
            question.AddChoices(options.Select(option => option.Key));
        if (input.Value is { Length: > 0 } usual)
            question.DefaultValue(usual);
        return question.ShowAsync(AnsiConsole.Console, cancellationToken);
    }

    public static bool Confirm(string question, bool usually) => AnsiConsole.Confirm(Markup.Escape(question), usually);

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
