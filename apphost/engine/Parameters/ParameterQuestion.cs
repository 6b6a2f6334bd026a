using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Platform.LocalHost.Parameters;

/// <summary>Asks for the value of a parameter: a command of it, and so a form in the dashboard and words on the command line.</summary>
internal static class ParameterQuestion
{
    private const string Value = "Value";
    private const string Keep = "SaveToUserSecrets";

    /// <summary>Makes the parameter one that can be asked for.</summary>
    public static void Add(ParameterResource parameter, SecretsFile secrets)
    {
        parameter.Ask();
        parameter.Annotations.Add(new ResourceCommandAnnotation(KnownResourceCommands.SetParameterCommand, "Set the value", context => Task.FromResult(Set(parameter, secrets, context.Arguments)), new CommandOptions
        {
            Description = $"The configuration gives it as {parameter.ConfigurationKey}; what is given here goes to whoever starts from now on.",
            IsHighlighted = true,
            Arguments =
            [
                InputOf(parameter),
                new InteractionInput { Name = Keep, InputType = InputType.Boolean, Label = "Keep it for later starts", Description = "With the data of this instance, where only its owner can read it.", Value = "true" },
            ],
        }));
    }

    /// <summary>The field for a value: the AppHost's own, or one that fits.</summary>
    public static InteractionInput InputOf(ParameterResource parameter)
    {
        var own = parameter.Annotations.OfType<InputGeneratorAnnotation>().LastOrDefault()?.InputGenerator(parameter) ?? new InteractionInput
        {
            Name = parameter.Name,
            InputType = parameter.Secret ? InputType.SecretText : InputType.Text,
            Description = parameter.Description,
        };
        return own.RequiredAs(Value, own.Label ?? parameter.Name);
    }

    /// <summary>Gives a parameter its value.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">The value.</param>
    /// <param name="secrets">Where it is kept for later starts; nowhere when null.</param>
    public static void Give(ParameterResource parameter, string value, SecretsFile? secrets)
    {
        secrets?.Set(parameter.ConfigurationKey!, value);
        parameter.Override(value);
    }

    private static ExecuteCommandResult Set(ParameterResource parameter, SecretsFile secrets, InteractionInputCollection given)
    {
        var wasMissing = parameter.Missing is not null;
        Give(parameter, given[Value].Value!, given[Keep].Value == "true" ? secrets : null);
        return CommandResults.Success(wasMissing ? $"{parameter.Name} has a value now." : $"{parameter.Name} has another value now; restart who needs it.");
    }
}
