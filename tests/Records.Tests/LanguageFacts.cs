using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;

namespace Records.Tests;

/// <summary>What is wrong with records of a company's own objects is said in the language that the request asks for, and nothing comes of it.</summary>
public sealed class LanguageFacts(RecordsFixture records) : IClassFixture<RecordsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "There is no custom field 'powr'. Did you mean 'power'?", "Use a whole number such as 42, without quotes.", "Another record has this value of 'code' already.")]
    [InlineData("ru", "Поля «powr» нет. Возможно, «power»?", "Нужно целое число без кавычек, например 42.", "Такое значение поля «code» уже есть у другой записи.")]
    public async Task A_wrong_value_is_named_with_the_reason_and_nothing_is_written(string language, string unknown, string wrong, string taken)
    {
        var code = RecordsFixture.Of("code", FieldType.Text, unique: true);
        var tenant = records.CompanyWithMachines(RecordsFixture.Of("power", FieldType.Number), code);
        await records.DeliverAsync(tenant, new FieldsChanged { Version = 2, Field = code });
        using var rest = RestIn(tenant, language);
        await IsNamedAsync(await PostAsync(rest, new { name = "Press", customFields = new { powr = 5 } }), "record.customFields.powr", unknown, "INVALID_ARGUMENT");
        await IsNamedAsync(await PostAsync(rest, new { name = "Press", customFields = new { power = "strong" } }), "record.customFields.power", wrong, "INVALID_ARGUMENT");
        using var first = await PostAsync(rest, new { name = "Press", customFields = new { code = "A" } });
        first.EnsureSuccessStatusCode();
        await IsNamedAsync(await PostAsync(rest, new { name = "Drill", customFields = new { code = "a" } }), "record.customFields.code", taken, "CUSTOM_FIELD_NOT_UNIQUE");
        // Of several records none, though the first of them was right.
        object[] batch = [new { name = "Saw" }, new { name = "Crane", customFields = new { power = "strong" } }];
        using var half = await rest.PostAsJsonAsync(new Uri("/api/v1/objects/machines:batchCreate", UriKind.Relative), new { records = batch }, Token);
        await IsNamedAsync(half, "records[1].customFields.power", wrong, "INVALID_ARGUMENT");
        Assert.Equal(1, await records.Database.QueryAsync<long>($"SELECT count(*) FROM records WHERE tenant_id = '{tenant}'"));
        Assert.Equal(1, await records.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{tenant}' AND type = 'platform.records.v1.RecordCreated'"));
    }

    [Theory]
    [InlineData("en", "A record needs a name.", "There is no object with id 'planes'.", "At character 1: There is no field 'powr'.")]
    [InlineData("ru", "Записи нужно имя.", "Не найдено: объект с идентификатором «planes».", "Знак 1: Поля «powr» нет.")]
    public async Task What_records_themselves_refuse_is_said_in_that_language_too(string language, string nameless, string objectless, string filter)
    {
        var tenant = Guid.CreateVersion7();
        records.Fields.SetObjects(tenant, [RecordsFixture.Machines()]);
        using var rest = RestIn(tenant, language);
        await IsNamedAsync(await PostAsync(rest, new { }), "record.name", nameless, "INVALID_ARGUMENT");
        using var missing = await rest.GetAsync(new Uri("/api/v1/objects/planes", UriKind.Relative), Token);
        Assert.Equal(objectless, (await missing.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("detail").GetString());
        using var list = await rest.GetAsync(new Uri("/api/v1/objects/machines?filter=powr%20%3D%201", UriKind.Relative), Token);
        await IsNamedAsync(list, "filter", filter, "INVALID_FILTER");
    }

    private HttpClient RestIn(Guid tenant, string language)
    {
        var rest = records.RestOf(tenant);
        rest.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return rest;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient rest, object record) => rest.PostAsJsonAsync(new Uri("/api/v1/objects/machines", UriKind.Relative), record, Token);

    private static async Task IsNamedAsync(HttpResponseMessage answer, string field, string message, string code)
    {
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal((code, field, message), (problem.GetProperty("code").GetString(), error.GetProperty("field").GetString(), error.GetProperty("message").GetString()));
    }
}
