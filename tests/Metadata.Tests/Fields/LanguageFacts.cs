using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.CustomFields.V1;
using Xunit;

namespace Metadata.Tests.Fields;

/// <summary>What is wrong with a definition is said in the language that the request asks for, and nothing comes of it.</summary>
public sealed class LanguageFacts(MetadataFixture metadata) : IClassFixture<MetadataFixture>
{
    private const string Cyclic = """
        {"document": {"fields": [
          {"resource": "deals.deal", "key": "size", "type": "FIELD_TYPE_NUMBER", "label": "Size"},
          {"resource": "deals.deal", "key": "a", "type": "FIELD_TYPE_FORMULA", "label": "A", "formula": "custom_fields.b + 1"},
          {"resource": "deals.deal", "key": "b", "type": "FIELD_TYPE_FORMULA", "label": "B", "formula": "custom_fields.a + 1"}]}}
        """;

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "amuont * 2", "At character 1: There is no field 'amuont' that a formula can read. Did you mean 'amount'?")]
    [InlineData("ru", "amuont * 2", "Знак 1: Поля «amuont», которое может читать формула, нет. Возможно, «amount»?")]
    [InlineData("en", "amount + name", "At character 8: '+' does not join an amount of money and a text.")]
    [InlineData("ru", "amount + name", "Знак 8: «+» не соединяет такие значения: денежная сумма, текст.")]
    [InlineData("en", "if(amount, 1)", "At character 1: Use if(condition, value, otherwise).")]
    [InlineData("ru", "if(amount, 1)", "Знак 1: Пишется так: if(условие, значение, иначе).")]
    [InlineData("en", "(1", "At character 1: This parenthesis is never closed.")]
    [InlineData("ru", "(1", "Знак 1: Эта скобка не закрыта.")]
    public Task A_wrong_formula_is_named_with_the_place_and_the_reason(string language, string formula, string message) => RefusedAsync(
        language, "/api/v1/metadata/fields", $$"""{"resource": "deals.deal", "key": "f", "type": "FIELD_TYPE_FORMULA", "label": "F", "formula": "{{formula}}"}""", "INVALID_FORMULA", "field.formula", message);

    [Theory]
    [InlineData("en", "The formula reads itself: custom_fields.a → custom_fields.b → custom_fields.a.")]
    [InlineData("ru", "Формула читает саму себя: custom_fields.a → custom_fields.b → custom_fields.a.")]
    public Task Formulas_that_read_each_other_are_named_with_the_way(string language, string message) =>
        RefusedAsync(language, "/api/v1/metadata:apply", Cyclic, "FORMULA_CYCLE", "document.fields[1].formula", message);

    [Theory]
    [InlineData("en", """{"resource": "deals.deal", "key": "Size", "type": "FIELD_TYPE_NUMBER", "label": "Size"}""", "field.key", "Use lower case, digits and _, beginning with a letter: contract_end.")]
    [InlineData("ru", """{"resource": "deals.deal", "key": "Size", "type": "FIELD_TYPE_NUMBER", "label": "Size"}""", "field.key", "Строчные латинские буквы, цифры и _, сначала буква: contract_end.")]
    [InlineData("en", """{"resource": "deals.deal", "key": "size", "type": "FIELD_TYPE_SINGLE_CHOICE", "label": "Size"}""", "field.choices", "A choice has 1 to 500 choices, or those of its dictionary; other fields have none.")]
    [InlineData("ru", """{"resource": "deals.deal", "key": "size", "type": "FIELD_TYPE_SINGLE_CHOICE", "label": "Size"}""", "field.choices", "У выбора от 1 до 500 вариантов или варианты его справочника; у других полей их нет.")]
    [InlineData("en", """{"resource": "deals.deal", "key": "size", "type": "FIELD_TYPE_NUMBER", "label": "Size", "defaultValue": "big"}""", "field.defaultValue", "Use a whole number such as 42, without quotes.")]
    [InlineData("ru", """{"resource": "deals.deal", "key": "size", "type": "FIELD_TYPE_NUMBER", "label": "Size", "defaultValue": "big"}""", "field.defaultValue", "Нужно целое число без кавычек, например 42.")]
    public Task A_wrong_definition_is_named_with_the_reason(string language, string body, string field, string message) =>
        RefusedAsync(language, "/api/v1/metadata/fields", body, "INVALID_ARGUMENT", field, message);

    [Theory]
    [InlineData("en", """{"views": [{"key": "a", "resource": "deals.deal", "fitler": ""}]}""", "document.views[0].fitler", "There is no such field.")]
    [InlineData("ru", """{"views": [{"key": "a", "resource": "deals.deal", "fitler": ""}]}""", "document.views[0].fitler", "Такого поля нет.")]
    [InlineData("ru", """{"fields": [{"key": 5}]}""", "document.fields[0].key", "Нужен текст.")]
    [InlineData("ru", """{"views": [{"resource": "deals.deal", "label": "x"}]}""", "document.views[0].key", "У document.views[0] нет ключа.")]
    [InlineData("fr, en;q=0.3, ru;q=0.5", """{"format": "platform.metadata/9"}""", "document.format", "Нужен формат platform.metadata/1.")]
    public Task A_document_that_cannot_be_read_is_named_with_the_place_and_the_reason(string language, string document, string field, string message) =>
        RefusedAsync(language, "/api/v1/metadata:apply", $$"""{"document": {{document}}}""", "METADATA_UNREADABLE", field, message);

    [Theory]
    [InlineData("en", "There is an object of this key already.", "There is a field of this key already.", "'company' is a name of the platform itself: use another one.")]
    [InlineData("ru", "Объект с таким ключом уже есть.", "Поле с таким ключом уже есть.", "«company» — имя самой платформы: выберите другое.")]
    public async Task A_wrong_object_is_named_with_the_reason(string language, string exists, string taken, string reserved)
    {
        using var rest = RestIn(language);
        using var made = await PostAsync(rest, "/api/v1/metadata/objects", Machine("machine"));
        made.EnsureSuccessStatusCode();
        using var again = await PostAsync(rest, "/api/v1/metadata/objects", Machine("machine"));
        Assert.Equal(exists, await MessageAsync(again, "OBJECT_EXISTS", "objectType.key"));
        using var field = await PostAsync(rest, "/api/v1/metadata/fields", Power);
        field.EnsureSuccessStatusCode();
        using var second = await PostAsync(rest, "/api/v1/metadata/fields", Power);
        Assert.Equal(taken, await MessageAsync(second, "FIELD_EXISTS", "field.key"));
        using var own = await PostAsync(rest, "/api/v1/metadata/objects", Machine("company"));
        Assert.Equal(reserved, await MessageAsync(own, "INVALID_ARGUMENT", "objectType.key"));
    }

    private async Task RefusedAsync(string language, string path, string body, string code, string field, string message)
    {
        using var rest = RestIn(language);
        using var answer = await PostAsync(rest, path, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(message, await MessageAsync(answer, code, field));
        Assert.Empty((await metadata.FieldsOf(_tenant).ListFieldsAsync(new ListFieldsRequest { ShowDeleted = true }, cancellationToken: Token)).Fields);
        Assert.Equal(0, await metadata.EventsAsync(_tenant));
    }

    private static async Task<string?> MessageAsync(HttpResponseMessage answer, string code, string field)
    {
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem.GetProperty("errors").EnumerateArray().Single(error => error.GetProperty("field").GetString() == field).GetProperty("message").GetString();
    }

    private HttpClient RestIn(string language)
    {
        var rest = metadata.RestFor(_tenant, MetadataFixture.All);
        rest.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return rest;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient rest, string path, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return await rest.PostAsync(new Uri(path, UriKind.Relative), content, Token);
    }

    private const string Power = """{"resource": "records.machine", "key": "power", "type": "FIELD_TYPE_NUMBER", "label": "Power"}""";

    private static string Machine(string key) => $$"""{"key": "{{key}}", "pluralKey": "{{key}}s", "label": "Machine", "pluralLabel": "Machines"}""";
}
