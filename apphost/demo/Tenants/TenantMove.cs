using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Platform.Tenants.V1;
using Spectre.Console;

namespace Platform.Demo.Tenants;

/// <summary>Asks one service after the other to move the company, and tells what they tell; 0 where all of them have.</summary>
internal static class TenantMove
{
    private const int Failed = 1;
    private const int Unknown = 2;

    public static async Task<int> RunAsync(
        Operator account, string tenant, PlacementLevel level, IReadOnlyList<(string Name, Uri Address)> services, CancellationToken cancellationToken)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 160;
        try
        {
            if (await account.FindAsync(tenant) is { } id)
                return await MoveAsync(account, id, level, services, cancellationToken);
            Say($"[red]TENANT_UNKNOWN: there is no company '{tenant}'. Give the short name or the id of one that is.[/]");
            return Unknown;
        }
        catch (Exception exception) when (exception is HttpRequestException or DemoFailedException)
        {
            Say($"[red]IDENTITY_UNAVAILABLE: {exception.Message} Nothing was moved.[/]");
            return Failed;
        }
    }

    private static async Task<int> MoveAsync(
        Operator account, Guid tenant, PlacementLevel level, IReadOnlyList<(string Name, Uri Address)> services, CancellationToken cancellationToken)
    {
        var switched = new Table().AddColumns("service", "table", "rows", "hash");
        foreach (var (name, address) in services)
        {
            try
            {
                Say($"[bold]{name}[/]");
                // A token lives for minutes, and the move of a large company may take longer: each service gets a new one.
                await MoveAsync(name, address, tenant, level, await account.GetTokenAsync(), switched, cancellationToken);
            }
            catch (RpcException exception)
            {
                Say($"[red]{name}: {CodeOf(exception)}: {exception.Status.Detail}[/]");
                Say($"[red]Services above have moved, this one and those that follow have not. Repeat the command to go on, or move back with the other level.[/]");
                return Failed;
            }
        }

        AnsiConsole.Write(switched);
        Say($"[green]The company {tenant} is {level.ToString().ToLowerInvariant()} in {services.Count} services.[/]");
        return 0;
    }

    private static async Task MoveAsync(
        string service, Uri address, Guid tenant, PlacementLevel level, string token, Table switched, CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress(address);
        var headers = new Metadata { { "authorization", $"Bearer {token}" }, { "x-tenant-id", $"{tenant}" } };
        using var call = new PlacementsService.PlacementsServiceClient(channel).MoveTenant(new MoveTenantRequest { Level = level }, headers, cancellationToken: cancellationToken);
        var moved = false;
        await foreach (var step in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            moved = true;
            Say($"  {step.Step,-9} {step.Rows,9:N0} rows {step.Duration.ToTimeSpan().TotalMilliseconds,9:N0} ms");
            foreach (var table in step.Tables.Where(table => table.Rows > 0))
                switched.AddRow(Markup.Escape(service), Markup.Escape(table.Table), $"{table.Rows:N0}", table.Hash);
        }

        if (!moved)
            Say($"  lies there already");
    }

    private static string CodeOf(RpcException exception) =>
        exception.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason ?? exception.StatusCode.ToString().ToUpperInvariant();

    private static void Say(FormattableString text) => AnsiConsole.MarkupLineInterpolated(text);
}
