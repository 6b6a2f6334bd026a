using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Display;
using Platform.LocalHost.Hosting;
using Platform.LocalHost.Parameters;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.CommandLine;

/// <summary>Parameters that the configuration does not give: the dashboard asks for them; without one, the terminal does.</summary>
internal static class MissingValues
{
    /// <summary>Says which values are waited for, and how to give them.</summary>
    public static void Tell(Stack stack)
    {
        foreach (var reason in stack.Context.Parameters.Select(asked => (asked.Name, asked.Parameter.Missing)).Where(asked => asked.Missing is not null))
            Terminal.Line($"{reason.Missing}\n  Or now: on the dashboard, or with: command {reason.Name} {KnownResourceCommands.SetParameterCommand} value=…");
    }

    /// <summary>Asks for them where there is no dashboard, but somebody at the terminal.</summary>
    public static async Task AskAsync(LocalApplicationBuilder builder, CancellationToken cancellationToken)
    {
        if (builder.HasDashboard || !Terminal.CanAsk)
            return;
        foreach (var parameter in builder.Resources.OfType<ParameterResource>().Where(parameter => parameter.Missing is not null).ToList())
        {
            var value = await Terminal.AskAsync(ParameterQuestion.InputOf(parameter), cancellationToken);
            ParameterQuestion.Give(parameter, value, Terminal.Confirm("Keep it for later starts?", usually: true) ? builder.Secrets : null);
        }
    }
}
