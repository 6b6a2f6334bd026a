using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace EndToEnd.Tests.Everywhere;

/// <summary>What a service refuses comes through the gateway with its code and in the language that was asked for.</summary>
public sealed class LanguageFacts(RunningStack stack)
{
    [Theory]
    [InlineData("en", "At character 33: Parentheses are nested deeper than 32 levels.", "A filter has at most 10,240 characters; this one has 10,260.")]
    [InlineData("ru-RU,ru;q=0.9", "Знак 33: Скобки вложены глубже 32 уровней.", "В фильтре — не больше 10\u00a0240 знаков; в этом 10\u00a0260.")]
    public async Task A_filter_that_is_too_deep_or_too_long_is_named_as_such(string language, string deep, string large)
    {
        using var alice = await stack.HttpForAliceAsync();
        alice.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        foreach (var (filter, message) in new[] { ($"{new string('(', 1_000)}last_name = a{new string(')', 1_000)}", deep), ($"last_name = \"{new string('ж', 10_246)}\"", large) })
        {
            using var answer = await alice.GetAsync(Kind.People.List(filter), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            Assert.Equal(("INVALID_FILTER", message), (problem.GetProperty("code").GetString(), problem.GetProperty("errors")[0].GetProperty("message").GetString()));
        }
    }

    [Theory]
    [InlineData("POST", "/api/v1/contacts/people", """{"email":"a@b.example"}""", "Человеку нужно имя или фамилия.")]
    [InlineData("POST", "/api/v1/deals", """{"currency":"EUR"}""", "Сделке нужно название.")]
    [InlineData("POST", "/api/v1/finance/invoices", """{"currency":"EUR"}""", "Укажите, кому выставлен счёт.")]
    [InlineData("POST", "/api/v1/tenants/current/roles", """{"name":"x-y"}""", "Дайте хотя бы одно право.")]
    [InlineData("GET", "/api/v1/nothing", null, "По этому адресу ничего нет.")]
    public async Task Every_domain_and_the_gateway_itself_refuse_in_the_language_that_was_asked_for(string method, string path, string? body, string said)
    {
        using var alice = await stack.HttpForAliceAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.AcceptLanguage.ParseAdd("ru");
        using var answer = await alice.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains(said, (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).ToString(), StringComparison.Ordinal);
    }
}
