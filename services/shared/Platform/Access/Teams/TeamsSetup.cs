using Microsoft.Extensions.DependencyInjection;
using Platform.Events;
using Platform.Invocation;
using Platform.Tenants.V1;

namespace Platform.Access.Teams;

/// <summary>Lets a service know the teams of companies.</summary>
public static class TeamsSetup
{
    /// <summary>Registers what asks for them and remembers them.</summary>
    public static IServiceCollection AddTeams(this IServiceCollection services) => services
        .AddServiceClient(DaprNames.Tenants, invoker => new TeamsService.TeamsServiceClient(invoker))
        .AddSingleton<CompanyTeams>();

    /// <summary>Asks anew when teams change.</summary>
    public static EventSubscriptions ForgetTeams(this EventSubscriptions events) => events.OnRepeatable<AccessChanged>(
        nameof(ForgetTeams), (_, context, cancellationToken) => context.Services.GetRequiredService<CompanyTeams>().SpreadAsync(context.TenantId, cancellationToken));
}
