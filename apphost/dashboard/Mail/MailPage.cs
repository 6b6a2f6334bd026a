using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Platform.Dashboard.Dapr;
using Platform.Dashboard.Pages;

namespace Platform.Dashboard.Mail;

/// <summary>The mail that the local catcher has caught, the latest first.</summary>
internal sealed class MailPage(IRunningStack stack, HttpClient http)
{
    private const string Catcher = "mail";
    private const int Most = 100;

    public void Map(IEndpointRouteBuilder app) => app.MapGet("/mail", ShowAsync);

    private async Task<Page> ShowAsync(string? q, CancellationToken cancellationToken)
    {
        var inbox = stack.Resources.FirstOrDefault(resource => resource.Name == Catcher)?.Urls.FirstOrDefault(url => url.StartsWith("http", StringComparison.Ordinal));
        var found = inbox is null ? null : await LettersAsync(inbox, q, cancellationToken);
        return new Page("/mail", "Mail", Html.Of($"""
            <form class="filters" method="get" data-auto>{Filters.Search(q, "Search in senders, recipients and subjects")}<button type="submit">Search</button></form>
            <div id="found" data-live>
            {Html.When(found is null, $"""<p class="empty">The catcher does not answer. Start the resource <code>{Catcher}</code>.</p>""")}
            {Html.When(found is { Count: 0 }, $"""<p class="empty">No letter was sent yet.</p>""")}
            {Html.When(found is { Count: > 0 }, $"""<table class="grid"><caption class="hidden">Letters</caption><thead><tr><th scope="col">Sent</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead><tbody>{(found ?? []).Select(letter => Row(letter, inbox ?? ""))}</tbody></table>""")}
            </div>
            """))
        {
            Instance = stack.Instance,
            Tools = Html.When(inbox is not null, $"""<a class="button" href="{inbox}" target="_blank" rel="noreferrer">Open the inbox</a>"""),
        };
    }

    private static Html Row(Letter letter, string inbox) => Html.Of($"""
        <tr><td class="num">{Words.Moment(letter.ReceivedAt)}</td><td>{string.Join(", ", letter.Recipients)}</td>
        <td class="wide"><a href="{inbox}/#{letter.Id.ToString()}" target="_blank" rel="noreferrer">{(letter.Subject.Length > 0 ? letter.Subject : "(no subject)")}</a><span class="detail">{letter.Preview}</span></td></tr>
        """);

    private async Task<IReadOnlyList<Letter>?> LettersAsync(string inbox, string? text, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await http.GetFromJsonAsync<Letters>($"{inbox}/api/v1/messages?limit={Most}&q={Uri.EscapeDataString(text ?? "")}", JsonSerializerOptions.Web, cancellationToken);
            return answer?.Messages;
        }
        catch (Exception failure) when (Sidecars.IsNoAnswer(failure, cancellationToken))
        {
            return null;
        }
    }

    private sealed record Letters(IReadOnlyList<Letter> Messages);

    private sealed record Letter(Guid Id, DateTimeOffset ReceivedAt, IReadOnlyList<string> Recipients, string Subject, string Preview);
}
