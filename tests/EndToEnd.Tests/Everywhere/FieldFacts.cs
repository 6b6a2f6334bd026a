using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Grpc.Net.Client;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests.Everywhere;

/// <summary>
/// A field of each type, added while the platform runs, is everywhere, and gone as cleanly. That it takes no second is a matter of an
/// idle machine, and of <see cref="SecondFacts"/>.
/// </summary>
public sealed class FieldFacts(RunningStack stack)
{
    private const string Sam = "0190ac3e-0000-7000-8000-0000000000a2";
    private static readonly Uri Policies = new("/api/v1/tenants/current/policies", UriKind.Relative);

    private readonly string _run = $"r{Guid.NewGuid():N}"[..8];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IReadOnlyList<string> Keys => [.. FieldKind.All.Select(kind => kind.KeyIn(_run))];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_field_of_each_type_is_everywhere_without_a_restart_and_gone_as_cleanly(bool own)
    {
        Assert.Equal(Enum.GetValues<FieldType>().Where(type => type != FieldType.Unspecified).Order(), FieldKind.All.Select(field => field.Type).Order());
        using var alice = await stack.HttpForAliceAsync();
        var before = (await stack.ResourcesAsync()).Select(resource => (resource.Name, resource.Pid));
        var kind = own ? await Kind.MakeAsync(alice, _run) : Kind.People;
        await using var tap = await EventTap.OpenAsync(stack, kind.Topic);
        var related = await kind.RelatedAsync(alice);
        var fields = new Stack<(FieldKind Kind, string Id)>();
        foreach (var field in FieldKind.All)
            fields.Push((field, await kind.AddAsync(alice, field, _run)));
        foreach (var key in Keys)
            await kind.KnowsAsync(alice, key);

        var id = await kind.CreateAsync(alice, FieldKind.All, _run, related);
        await kind.LeadAsync(alice, related, id, _run);
        await IsReadAsync(alice, kind, id, Keys);
        await IsFoundAsync(alice, kind, id, related);
        Assert.Equal(Keys.Order(), await DocumentedAsync(alice));
        Assert.Equal(Keys.Order(), (await ExportedAsync(alice, kind, id, withValues: true)).Order());
        await TellsAsync(alice, kind, tap, id, $"Everywhere {_run}", Keys);
        await IsGuardedAsync(alice, kind, id);
        Assert.Equal(FieldKind.All.Where(field => !field.IsWritten).Select(field => field.KeyIn(_run)), await IgnoredAsync(alice, kind));

        while (fields.TryPop(out var field))
            await Kind.RemoveAsync(alice, field.Id);
        foreach (var key in Keys)
            await kind.KnowsAsync(alice, key, known: false);

        await IsReadAsync(alice, kind, id, []);
        Assert.Empty(await DocumentedAsync(alice));
        Assert.Empty(await ExportedAsync(alice, kind, id));
        Assert.Equal(Keys, await IgnoredAsync(alice, kind));
        await kind.RenameAsync(alice, id, $"Elsewhere {_run}");
        Assert.DoesNotContain(Keys, (await tap.ReadAsync(id, $"Elsewhere {_run}")).Contains);
        foreach (var refused in new[] { kind.List($"custom_fields.{Keys[0]}:*"), kind.List("", $"custom_fields.{Keys[0]}") })
            Assert.Equal(HttpStatusCode.BadRequest, (await alice.GetAsync(refused, Token)).StatusCode);
        // Nothing was started anew for it.
        Assert.Equal(before, (await stack.ResourcesAsync()).Select(resource => (resource.Name, resource.Pid)));
    }

    // By REST, by gRPC, and in what forms are made of.
    private async Task IsReadAsync(HttpClient alice, Kind kind, string id, IReadOnlyList<string> keys)
    {
        Assert.Equal(keys.Order(), (await kind.KeysAsync(alice, id)).Where(IsOfRun).Order());
        var gateway = (await stack.ResourcesAsync()).Single(resource => resource.Name == "gateway");
        using var channel = GrpcChannel.ForAddress(gateway.Urls.Single(url => new Uri(url).Port != stack.Gateway.Port));
        Assert.Equal(keys.Order(), (await kind.KeysAsync(channel, $"{alice.DefaultRequestHeaders.Authorization}", id)).Where(IsOfRun).Order());
        var described = await alice.GetFromJsonAsync<JsonElement>($"/api/v1/metadata/resources/{kind.Resource}", Token);
        var custom = described.GetProperty("fields").EnumerateArray().Where(field => IsOfRun(field.GetProperty("path").GetString()!)).ToList();
        Assert.Equal(keys.Select(key => $"custom_fields.{key}").Order(), custom.Select(field => field.GetProperty("path").GetString()).Order());
        Assert.All(custom, field => Assert.Equal("full", field.GetProperty("access").GetString()));
    }

    private async Task IsFoundAsync(HttpClient alice, Kind kind, string id, string related)
    {
        var described = await alice.GetFromJsonAsync<JsonElement>($"/api/v1/metadata/resources/{kind.Resource}", Token);
        var sortable = described.GetProperty("fields").EnumerateArray().Where(field => field.GetProperty("sortable").GetBoolean()).Select(field => field.GetProperty("path").GetString()).ToHashSet();
        foreach (var field in FieldKind.All)
        {
            // Records that were there before have numbers by now, too.
            var (filter, path) = ($"{field.FilterIn(_run, related)} AND id = {id}", $"custom_fields.{field.KeyIn(_run)}");
            Assert.Equal([id], await kind.FindAsync(alice, filter));
            // The other record counts fewer, or has no value, which comes last; which of them was numbered first is nobody's promise.
            if (sortable.Contains(path) && field.Type != FieldType.AutoNumber)
                Assert.Equal(field.Type == FieldType.RollUp ? [related, id] : [id, related], await kind.FindAsync(alice, $"id = {id} OR id = {related}", path));
        }

        Assert.Equal(FieldKind.All.Count - 5, FieldKind.All.Count(field => sortable.Contains($"custom_fields.{field.KeyIn(_run)}")));
    }

    // The keys of this run that the company's document has in answers; those that are written are in requests as well.
    private async Task<IEnumerable<string>> DocumentedAsync(HttpClient alice)
    {
        var document = await alice.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Token);
        var schemas = document.GetProperty("components").GetProperty("schemas").EnumerateObject().ToList();
        var answers = KeysOf("CustomFields");
        Assert.Equal(answers.Except(FieldKind.All.Where(field => !field.IsWritten).Select(field => field.KeyIn(_run))).Order(), KeysOf("CustomFieldsInput").Order());
        return answers.Order();

        List<string> KeysOf(string suffix) => [.. schemas.Where(schema => schema.Name.EndsWith(suffix, StringComparison.Ordinal))
            .SelectMany(schema => schema.Value.GetProperty("properties").EnumerateObject().Select(property => property.Name)).Where(IsOfRun)];
    }

    // The columns of a table; with values, each record as a line has all of them as well.
    private async Task<IReadOnlyList<string>> ExportedAsync(HttpClient alice, Kind kind, string id, bool withValues = false)
    {
        var file = await alice.GetStringAsync(kind.List($"id = {id}", method: ":export"), Token);
        Assert.Contains(id, file, StringComparison.Ordinal);
        List<string> columns = [.. file.Split('\n')[0].Trim('\r', '\uFEFF').Split(',').Where(IsOfRun).Select(column => column["custom_fields.".Length..])];
        if (!withValues)
            return columns;
        var record = JsonDocument.Parse(await alice.GetStringAsync(new Uri($"{kind.List($"id = {id}", method: ":export")}&format=ndjson", UriKind.Relative), Token)).RootElement;
        var read = await alice.GetFromJsonAsync<JsonElement>(kind.One(id), Token);
        Assert.All(columns, column => Assert.True(JsonElement.DeepEquals(read.GetProperty("customFields").GetProperty(column), record.GetProperty("customFields").GetProperty(column)), $"{column}: {record}"));
        Assert.All(FieldKind.All.Where(field => field.Type is FieldType.Text or FieldType.Number or FieldType.Date or FieldType.Email or FieldType.Confidential),
            field => Assert.Contains(field.Json.Trim('"'), file, StringComparison.Ordinal));
        return columns;
    }

    private static async Task TellsAsync(HttpClient alice, Kind kind, EventTap tap, string id, string name, IReadOnlyList<string> keys)
    {
        var told = await tap.ReadAsync(id, name);
        // What is confidential is told to nobody, and what is made of other records is told by these.
        Assert.All(keys, key => Assert.Equal(!IsOf(key, FieldType.Confidential, FieldType.RollUp), told.Contains(key, StringComparison.Ordinal)));
        var written = keys.Where(key => !IsOf(key, FieldType.Formula, FieldType.RollUp)).ToList();
        await Eventually.HoldsAsync(async () => await alice.GetStringAsync(new Uri($"/api/v1/audit/entries?resource={kind.Resource}&id={id}", UriKind.Relative), Token) is var log
            && written.All(key => log.Contains(key, StringComparison.Ordinal)));
    }

    private static bool IsOf(string key, params FieldType[] types) => Array.Exists(types, type => key.StartsWith($"{type}_", StringComparison.OrdinalIgnoreCase));

    // What a policy hides of the new fields is hidden, and nothing else is.
    private async Task IsGuardedAsync(HttpClient alice, Kind kind, string id)
    {
        using var sam = await stack.HttpForSamAsync();
        Assert.Equal(Keys.Order(), (await kind.KeysAsync(sam, id)).Where(IsOfRun).Order());
        var rules = Keys.Skip(1).Select(key => new { path = $"custom_fields.{key}", access = "FIELD_ACCESS_HIDDEN" });
        using var made = await alice.PostAsJsonAsync(Policies, new { name = $"Everywhere {_run}", resource = kind.Resource, subjects = new { userIds = new[] { Sam } }, fieldRules = rules }, Token);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(Token));
        await Eventually.HoldsAsync(async () => (await kind.KeysAsync(sam, id)).Where(IsOfRun).SequenceEqual([Keys[0]]), TimeSpan.FromSeconds(30));
        using var refused = await sam.GetAsync(kind.List($"custom_fields.{Keys[1]}:*"), Token);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var policy = (await made.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString();
        using var gone = await alice.DeleteAsync(new Uri($"{Policies}/{policy}", UriKind.Relative), Token);
        gone.EnsureSuccessStatusCode();
    }

    // The columns that an import understands nothing of.
    private async Task<IEnumerable<string?>> IgnoredAsync(HttpClient alice, Kind kind)
    {
        using var file = new StringContent($"{kind.NameColumn},{string.Join(',', Keys)}\nNobody{string.Concat(Keys.Select(_ => ","))}\n", Encoding.UTF8, "text/csv");
        using var answer = await alice.PostAsync(kind.Imports, file, Token);
        var summary = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.True(answer.IsSuccessStatusCode, $"{summary}");
        return summary.TryGetProperty("ignoredColumns", out var columns) ? columns.EnumerateArray().Select(column => column.GetString()) : [];
    }

    private bool IsOfRun(string name) => name.EndsWith($"_{_run}", StringComparison.Ordinal);
}
