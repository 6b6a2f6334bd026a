using System.Net;
using System.Net.Http.Json;
using Grpc.Core;
using Platform.Deals.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using UglyToad.PdfPig;
using Xunit;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.QuotesService.QuotesServiceClient;
using DealsClient = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Quotes;

public sealed class DocumentFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private Client Us => new(deals.GrpcFor(_tenant, All));

    [Fact]
    public async Task A_quote_is_a_document_in_its_language_with_the_fonts_in_it()
    {
        var draft = await DraftAsync("ru");
        var sent = await Us.SendAsync(draft.Id);
        using var rest = deals.RestFor(_tenant, All);
        using var response = await rest.GetAsync(new Uri($"/api/v1/quotes/{draft.Id}:document", UriKind.Relative), Token);
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        using var pdf = PdfDocument.Open(await response.Content.ReadAsByteArrayAsync(Token));
        var text = string.Concat(pdf.GetPages().Select(page => page.Text));
        Assert.All((string[])[$"Предложение {sent.Quote.Number}", "Seller & Söhne GmbH", "Лицензия", "119,00 EUR", sent.Quote.ContentHash], words => Assert.Contains(words, text, StringComparison.Ordinal));
        Assert.All(pdf.GetPages().SelectMany(page => page.Letters), letter => Assert.Contains("DejaVu", letter.FontName, StringComparison.Ordinal));
        using var nobody = deals.Rest(null);
        using var linked = await nobody.PostAsJsonAsync(new Uri("/api/v1/quotes:linkDocument", UriKind.Relative), new { token = sent.TokenOf() }, Token);
        Assert.Equal("application/pdf", linked.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_long_quote_has_pages_and_says_which()
    {
        var deal = await new DealsClient(deals.GrpcFor(_tenant, All)).CreateAsync(Deal([.. Enumerable.Range(1, 200).Select(_ => Line())]));
        var quote = await Us.CreateAsync(new Quote { DealId = deal.Id, Introduction = "日本 😀", Terms = string.Join(' ', Enumerable.Repeat("Terms", 2000)) });
        var file = await Us.GetQuoteDocumentAsync(new GetQuoteDocumentRequest { Id = quote.Id }, cancellationToken: Token);
        using var pdf = PdfDocument.Open(file.Data.ToByteArray());
        Assert.True(pdf.NumberOfPages > 5);
        Assert.Contains($"Draft · {pdf.NumberOfPages} of {pdf.NumberOfPages}", pdf.GetPage(pdf.NumberOfPages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_tenant_and_who_may_not_see_all_of_it_get_none()
    {
        var quote = await DraftAsync("en");
        Client others = new(deals.GrpcFor(Guid.CreateVersion7(), All));
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => others.GetQuoteDocumentAsync(new GetQuoteDocumentRequest { Id = quote.Id }, cancellationToken: Token).ResponseAsync);
        var user = Guid.CreateVersion7();
        deals.Access.Set(_tenant, new Platform.Tenants.V1.Access
        {
            UserId = user.ToString(),
            Permissions = { All },
            Policies = { new AccessPolicy { Id = Guid.CreateVersion7().ToString(), Name = "No totals", Resource = "deals.quote", FieldRules = { new FieldRule { Path = "total", Access = FieldAccess.Hidden } } } },
        });
        Client narrow = new(deals.Grpc(TestTokens.ForPerson(_tenant, user)));
        Assert.Null((await narrow.GetAsync(quote.Id)).Total);
        await RefusedAsync(StatusCode.PermissionDenied, "QUOTE_FIELDS_HIDDEN", () => narrow.GetQuoteDocumentAsync(new GetQuoteDocumentRequest { Id = quote.Id }, cancellationToken: Token).ResponseAsync);
    }

    private async Task<Quote> DraftAsync(string language)
    {
        var line = Line();
        line.Description = "Лицензия";
        var deal = await new DealsClient(deals.GrpcFor(_tenant, All)).CreateAsync(Deal(line));
        return await Us.CreateAsync(new Quote { DealId = deal.Id, Language = language });
    }
}
