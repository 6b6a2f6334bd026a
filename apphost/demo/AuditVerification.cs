using Platform.Audit.V1;
using Spectre.Console;

namespace Platform.Demo;

/// <summary>Asks as the administrator of each company whether its log is whole; 0 where it is.</summary>
internal static class AuditVerification
{
    private static readonly Dictionary<string, string> Administrators = new() { ["acme"] = "alice@acme.example", ["globex"] = "greg@globex.example" };

    public static async Task<int> RunAsync(Uri gateway, Uri identity, string? tenant, CancellationToken cancellationToken)
    {
        if (tenant is not null && !Administrators.ContainsKey(tenant))
        {
            AnsiConsole.MarkupLineInterpolated($"[red]There is no company '{tenant}' in the demo; there are {string.Join(", ", Administrators.Keys)}.[/]");
            return 2;
        }

        var intact = true;
        foreach (var (slug, administrator) in Administrators.Where(company => tenant is null || company.Key == tenant))
        {
            var token = await SignIn.GetTokenAsync(identity, administrator, "demo", cancellationToken);
            using var api = new Api(gateway, token, cancellationToken);
            var answer = await api.GetAsync<VerifyAuditResponse>("/api/v1/audit/entries:verify");
            Show(slug, answer);
            intact &= answer.Intact;
        }

        return intact ? 0 : 1;
    }

    private static void Show(string slug, VerifyAuditResponse answer)
    {
        var table = new Table().Title(slug).AddColumns("service", "sealed", "waiting", "heads noted", "head", "finding");
        foreach (var chain in answer.Chains)
            table.AddRow(chain.Service, $"{chain.Sequence}", $"{chain.Waiting}", $"{chain.Heads}", chain.Hash[..16], Markup.Escape(Describe(chain.Finding)));
        AnsiConsole.Write(table);
    }

    private static string Describe(Finding? finding) =>
        finding is null ? "none" : $"{finding.Kind} at {finding.Sequence}{(finding.EntryId.Length > 0 ? $", entry {finding.EntryId}" : "")}";
}
