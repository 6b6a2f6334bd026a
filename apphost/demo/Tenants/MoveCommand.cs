using System.CommandLine;
using Platform.Tenants.V1;

namespace Platform.Demo.Tenants;

/// <summary>The words of <c>tenants-move</c>.</summary>
internal static class MoveCommand
{
    public static Command Create(Option<Uri> identity)
    {
        var tenant = new Argument<string>("tenant") { Description = "Short name or id of the company." };
        var to = new Option<string>("--to") { Description = "Where its rows are to lie.", Required = true }.AcceptOnlyFromAmong("shared", "schema", "database");
        var service = new Option<string[]>("--service") { Description = "A service and its address: contacts=http://localhost:5202; once for each.", Required = true };
        var command = new Command("tenants-move", "Moves the rows of a company in the services, as the operator (PLATFORM_OPERATOR_SECRET).") { tenant, to, service, identity };
        command.SetAction((parsed, cancellationToken) => TenantMove.RunAsync(
            new Operator(parsed.GetRequiredValue(identity), cancellationToken),
            parsed.GetRequiredValue(tenant),
            Enum.Parse<PlacementLevel>(parsed.GetRequiredValue(to), ignoreCase: true),
            [.. parsed.GetRequiredValue(service).Select(text => text.Split('=', 2)).Select(pair => (pair[0], new Uri(pair[1])))],
            cancellationToken));
        return command;
    }
}
