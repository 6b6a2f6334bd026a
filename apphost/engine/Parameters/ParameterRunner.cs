using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Parameters;

/// <summary>A parameter that the configuration does not give: it is there when somebody has given it a value, and who needs it waits for that.</summary>
internal sealed class ParameterRunner : Runner
{
    public ParameterRunner(RunContext context, ParameterResource parameter, SecretsFile secrets)
        : base(context, parameter, "Parameter")
    {
        Parameter = parameter;
        ParameterQuestion.Add(parameter, secrets);
    }

    public ParameterResource Parameter { get; }

    protected override int? ProcessId => null;

    protected override bool OwnsPorts => false;

    protected override async Task StartCoreAsync(CancellationToken cancellationToken)
    {
        if (Parameter.Missing is not null)
            Update(ResourceState.ValueMissing, "it has no value");
        await Parameter.GetValueAsync(cancellationToken);
        await Context.Announcements.GivenAsync(Parameter, cancellationToken);
    }

    protected override Task StopCoreAsync() => Task.CompletedTask;

    protected override Task<string?> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}
