using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Contacts.Tests.Imports;
using Platform.CustomFields.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Contacts.Tests.CustomFields;

/// <summary>What is wrong with values and filters is said in the language that the request asks for, and nothing comes of it.</summary>
public sealed class LanguageFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private const string English = "en-GB,en;q=0.9";
    private const string Russian = "ru-RU,ru;q=0.9,en;q=0.8";
    private static readonly string[] Regions = ["north", "south"];
    private static readonly Uri People = new("/api/v1/contacts/people", UriKind.Relative);

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(English, "sise", "5", "There is no custom field 'sise'. Did you mean 'size'?")]
    [InlineData(Russian, "sise", "5", "Поля «sise» нет. Возможно, «size»?")]
    [InlineData(English, "size", "\"big\"", "Use a whole number such as 42, without quotes.")]
    [InlineData(Russian, "size", "\"big\"", "Нужно целое число без кавычек, например 42.")]
    [InlineData(English, "size", "61", "Use 60 or less.")]
    [InlineData(Russian, "size", "61", "Не больше 60.")]
    [InlineData(English, "region", "\"nord\"", "Use one of north, south. Did you mean 'north'?")]
    [InlineData(Russian, "region", "\"nord\"", "Возможные значения: north, south. Возможно, «north»?")]
    // Nothing is spoken but English where nothing else is known.
    [InlineData("fr,xx;q=0.5", "size", "61", "Use 60 or less.")]
    [InlineData("fr,en;q=0.4,ru;q=0.5", "size", "61", "Не больше 60.")]
    [InlineData("*", "size", "61", "Use 60 or less.")]
    [InlineData("no language; at all,", "size", "61", "Use 60 or less.")]
    public async Task A_wrong_value_is_named_with_the_reason_and_nothing_is_written(string language, string key, string json, string message)
    {
        contacts.Fields.Set(_tenant, Size(), Of("region", FieldType.SingleChoice));
        using var rest = RestIn(language);
        var problem = await Expect.ProblemAsync(await PostAsync(rest, "One", key, json), HttpStatusCode.BadRequest, "INVALID_ARGUMENT");
        IsNamed(problem, $"person.customFields.{key}", message);
        Assert.Equal($"person.customFields.{key}: {message}", problem.GetProperty("detail").GetString());
        Assert.Equal(0, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM people WHERE tenant_id = '{_tenant}'"));
        Assert.Equal(0, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{_tenant}' AND type = 'platform.contacts.v1.PersonCreated'"));
    }

    [Theory]
    [InlineData(English, "Another record has this value of 'Code' already.")]
    [InlineData(Russian, "Такое значение поля «Code» уже есть у другой записи.")]
    public async Task A_value_that_another_record_has_is_named_and_nothing_is_written(string language, string message)
    {
        var code = Of("code", FieldType.Text);
        (code.Label, code.Unique) = ("Code", true);
        var version = contacts.Fields.Set(_tenant, code);
        await contacts.DeliverAsync(_tenant, new FieldsChanged { Version = version, Field = code });
        using var rest = RestIn(language);
        using var first = await PostAsync(rest, "One", "code", "\"A-1\"");
        first.EnsureSuccessStatusCode();
        IsNamed(await Expect.ProblemAsync(await PostAsync(rest, "Two", "code", "\"a-1\""), HttpStatusCode.Conflict, "CUSTOM_FIELD_NOT_UNIQUE"), "person.customFields.code", message);
        Assert.Equal(1, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM people WHERE tenant_id = '{_tenant}'"));
        Assert.Equal(1, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{_tenant}' AND type = 'platform.contacts.v1.PersonCreated'"));
    }

    [Theory]
    [InlineData(English, "custom_fields.sise = 1", "At character 1: There is no field 'custom_fields.sise'. Did you mean 'custom_fields.size'?")]
    [InlineData(Russian, "custom_fields.sise = 1", "Знак 1: Поля «custom_fields.sise» нет. Возможно, «custom_fields.size»?")]
    [InlineData(English, "custom_fields.size = big", "At character 22: 'big' does not fit. Use a number such as 12.5, of at most 28 digits.")]
    [InlineData(Russian, "custom_fields.size = big", "Знак 22: «big» не подходит. Нужно число вида 12.5, не больше 28 цифр.")]
    [InlineData(English, "(last_name = a", "At character 1: This parenthesis is never closed.")]
    [InlineData(Russian, "(last_name = a", "Знак 1: Эта скобка не закрыта.")]
    [InlineData(English, "DEEP", "At character 33: Parentheses are nested deeper than 32 levels.")]
    [InlineData(Russian, "DEEP", "Знак 33: Скобки вложены глубже 32 уровней.")]
    [InlineData(English, "LONG", "A filter has at most 10,240 characters; this one has 10,245.")]
    [InlineData(Russian, "LONG", "В фильтре — не больше 10\u00a0240 знаков; в этом 10\u00a0245.")]
    public async Task A_wrong_filter_is_named_with_the_place_and_the_reason(string language, string filter, string message)
    {
        contacts.Fields.Set(_tenant, Size());
        var text = filter switch
        {
            "DEEP" => $"{new string('(', 1_000)}last_name = a{new string(')', 1_000)}",
            "LONG" => $"last_name = \"{new string('a', 10_231)}\"",
            _ => filter,
        };
        using var rest = RestIn(language);
        using var answer = await rest.GetAsync(new Uri($"{People}?filter={Uri.EscapeDataString(text)}", UriKind.Relative), Token);
        IsNamed(await Expect.ProblemAsync(answer, HttpStatusCode.BadRequest, "INVALID_FILTER"), "filter", message);
    }

    [Fact]
    public async Task What_is_wrong_with_the_rows_of_a_file_is_said_in_that_language_too()
    {
        contacts.Fields.Set(_tenant, Size());
        using var rest = contacts.RestFor(_tenant, "contacts.read", "contacts.import");
        rest.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", Russian);
        var summary = await Upload.RestAsync(rest, "Last name,E-mail,size\nOne,nowhere,20\n,,20\nTwo,,61\n\"Three\"x,,\n"u8.ToArray(), "?target=people&dryRun=true");
        Assert.Equal(
            ["INVALID_EMAIL: Нужен адрес вида name@company.example.", "MISSING_NAME: Человеку нужно имя или фамилия.", "INVALID_CUSTOM_FIELD: custom_fields.size: Не больше 60."],
            summary.Errors.Take(3).Select(error => $"{error.Code}: {error.Message}"));
        Assert.Equal("BROKEN_QUOTES", summary.Errors[3].Code);
        Assert.Matches(@"^\p{IsCyrillic}", summary.Errors[3].Message);
    }

    [Fact]
    public async Task A_request_without_a_language_is_answered_in_English_after_one_that_had_another()
    {
        contacts.Fields.Set(_tenant, Size());
        using var rest = RestIn(Russian);
        IsNamed(await Expect.ProblemAsync(await PostAsync(rest, "One", "size", "61"), HttpStatusCode.BadRequest, "INVALID_ARGUMENT"), "person.customFields.size", "Не больше 60.");
        rest.DefaultRequestHeaders.AcceptLanguage.Clear();
        IsNamed(await Expect.ProblemAsync(await PostAsync(rest, "One", "size", "61"), HttpStatusCode.BadRequest, "INVALID_ARGUMENT"), "person.customFields.size", "Use 60 or less.");
    }

    private static void IsNamed(JsonElement problem, string field, string message)
    {
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal((field, message), (error.GetProperty("field").GetString(), error.GetProperty("message").GetString()));
    }

    private HttpClient RestIn(string language)
    {
        var rest = contacts.RestFor(_tenant, "contacts.read", "contacts.write");
        rest.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", language);
        return rest;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient rest, string name, string key, string json) =>
        rest.PostAsJsonAsync(People, new JsonObject { ["lastName"] = name, ["customFields"] = new JsonObject { [key] = JsonNode.Parse(json) } }, Token);

    private static Field Size()
    {
        var size = Of("size", FieldType.Number);
        (size.Minimum, size.Maximum) = ("10", "60");
        return size;
    }

    private static Field Of(string key, FieldType type) => new()
    {
        Resource = "contacts.person",
        Key = key,
        Type = type,
        Label = key,
        Choices = { type == FieldType.SingleChoice ? Regions.Select(region => new Choice { Key = region, Label = region }) : [] },
    };
}
