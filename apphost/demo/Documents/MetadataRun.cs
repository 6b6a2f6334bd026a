using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields.V1;
using Spectre.Console;

namespace Platform.Demo.Documents;

/// <summary>Exports, compares and applies a company's metadata over the public door: 0, 1 for a difference, 2 for a refusal.</summary>
internal sealed class MetadataRun(MetadataSettings settings, Api api)
{
    private const int Different = 1;
    private const int Refused = 2;

    private static readonly Dictionary<string, string> Administrators = new() { ["acme"] = "alice@acme.example", ["globex"] = "greg@globex.example" };
    private static readonly JsonFormatter Pretty = new(JsonFormatter.Settings.Default.WithIndentation());

    public static async Task<int> RunAsync(MetadataSettings settings, Func<MetadataRun, Func<Task<int>>> step, CancellationToken cancellationToken)
    {
        try
        {
            using var api = new Api(settings.Gateway, await TokenAsync(settings, cancellationToken), cancellationToken);
            return await step(new MetadataRun(settings, api))();
        }
        catch (Exception fault) when (fault is DemoFailedException or HttpRequestException or IOException or InvalidProtocolBufferException)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{fault.Message}[/]");
            return Refused;
        }
    }

    public async Task<int> ExportAsync()
    {
        var answer = await api.GetAsync<ExportMetadataResponse>("/api/v1/metadata:export");
        // By the contract's order of fields, so that equal metadata is an equal text.
        var text = Pretty.Format(JsonParser.Default.Parse<MetadataPackage>(JsonFormatter.Default.Format(answer.Document)));
        if (settings.File is null)
            Console.WriteLine(text);
        else
            await File.WriteAllTextAsync(settings.File.FullName, $"{text}\n");
        return 0;
    }

    public async Task<int> CompareAsync()
    {
        var answer = await api.PostAsync<CompareMetadataResponse>("/api/v1/metadata:diff", new CompareMetadataRequest { Document = await ReadAsync(), Prune = settings.Prune });
        Show(answer.Changes);
        return answer.Changes.Count > 0 ? Different : 0;
    }

    public async Task<int> ApplyAsync() => Show(await api.PostAsync<ApplyMetadataResponse>(
        "/api/v1/metadata:apply", new ApplyMetadataRequest { Document = await ReadAsync(), Prune = settings.Prune, DryRun = settings.DryRun, Note = settings.Note }));

    public async Task<int> ListAsync()
    {
        var table = new Table().AddColumns("version", "action", "changes", "when", "who", "note");
        foreach (var version in (await api.GetAsync<ListMetadataVersionsResponse>("/api/v1/metadata/versions")).MetadataVersions)
            table.AddRow($"{version.Number}", version.Action, $"{version.ChangeCount}", $"{version.CreateTime.ToDateTimeOffset():u}", Markup.Escape(version.Actor), Markup.Escape(version.Note));
        AnsiConsole.Write(table);
        return 0;
    }

    public async Task<int> RestoreAsync()
    {
        var versions = (await api.GetAsync<ListMetadataVersionsResponse>("/api/v1/metadata/versions?pageSize=200")).MetadataVersions;
        var wanted = versions.FirstOrDefault(version => version.Number == settings.Version) ?? throw new DemoFailedException($"There is no version {settings.Version}.");
        return Show(await api.PostAsync<ApplyMetadataResponse>($"/api/v1/metadata/versions/{wanted.Id}:restore", new RestoreMetadataVersionRequest { DryRun = settings.DryRun }));
    }

    private static async Task<string> TokenAsync(MetadataSettings settings, CancellationToken cancellationToken) => Environment.GetEnvironmentVariable("PLATFORM_TOKEN") is { Length: > 0 } token
        ? token
        : Administrators.TryGetValue(settings.Tenant, out var administrator)
            ? await SignIn.GetTokenAsync(settings.Identity, administrator, "demo", cancellationToken)
            : throw new DemoFailedException($"There is no company '{settings.Tenant}' in the demo; there are {string.Join(", ", Administrators.Keys)}. Of another, put a token in PLATFORM_TOKEN.");

    private async Task<Struct> ReadAsync() => settings.File is { Exists: true } file
        ? JsonParser.Default.Parse<Struct>(await File.ReadAllTextAsync(file.FullName))
        : throw new DemoFailedException("Name the document: --file metadata.json");

    private static int Show(ApplyMetadataResponse answer)
    {
        Show(answer.Changes);
        foreach (var warning in answer.Warnings)
            AnsiConsole.MarkupLineInterpolated($"[yellow]{warning}[/]");
        AnsiConsole.MarkupLineInterpolated($"{(answer.Version is null ? "A dry run: nothing was changed." : $"Version {answer.Version.Number}.")}");
        return 0;
    }

    private static void Show(IEnumerable<MetadataChange> changes)
    {
        foreach (var change in changes)
        {
            var (sign, color) = change.Action switch { "create" => ("+", "green"), "delete" => ("-", "red"), _ => ("~", "yellow") };
            var parts = change.Parts.Count > 0 ? $" ({string.Join(", ", change.Parts)})" : "";
            AnsiConsole.MarkupLine($"[{color}]{sign} {change.Kind} {Markup.Escape(change.Name)}[/]{Markup.Escape(parts)}");
        }
    }
}
