using Platform.Languages;
using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Platform.Communications.Templates;
using Xunit;

namespace Communications.Tests.Templates;

public sealed class TemplateFacts
{
    private static readonly TemplateRenderer Renderer = new();

    public static TheoryData<string, string> All => [.. TemplateRenderer.Names.SelectMany(name => new[] { (name, "en"), (name, "ru") })];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_template_renders_as_it_was_approved(string template, string language)
    {
        var content = await RenderAsync(template, language, Samples.Of(template));
        await IsApprovedAsync($"{template}.{language}.txt", $"Subject: {content.Subject}\n\n{content.Text}");
        await IsApprovedAsync($"{template}.{language}.html", content.Html);
    }

    [Fact]
    public async Task Values_cannot_break_out_of_the_html()
    {
        var content = await RenderAsync("invoice-issued", "en", Samples.Invoice(invoice => (invoice.Buyer.Name, invoice.Seller.Name) = ("<script>alert(1)</script>", "A & \"B\"")));
        Assert.DoesNotContain("<script", content.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", content.Html, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", content.Text, StringComparison.Ordinal);
        Assert.Contains("A &amp; &quot;B&quot;", content.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_cannot_add_a_line_to_the_subject()
    {
        var content = await RenderAsync("invoice-issued", "en", Samples.Invoice(invoice => invoice.Seller.Name = "Acme\r\nBcc: b@customer.example"));
        Assert.Equal("Invoice INV-2026-000042 from Acme Bcc: b@customer.example", content.Subject);
    }

    [Theory]
    [InlineData("", "en")]
    [InlineData("fr", "en")]
    [InlineData("en-GB", "en")]
    [InlineData("RU", "ru")]
    [InlineData("ru-Latn-KZ", "ru")]
    public async Task A_language_without_templates_falls_back_to_English(string asked, string found) =>
        Assert.Equal(found, (await RenderAsync("invoice-issued", asked, Samples.Invoice())).Language);

    [Fact]
    public async Task An_unknown_template_is_refused() =>
        Assert.Equal("EMAIL_TEMPLATE_UNKNOWN", (await Renderer.RenderAsync("../secrets", "en", new Struct())).Error?.Code);

    [Fact]
    public async Task What_the_template_cannot_do_without_is_named()
    {
        var refused = await Renderer.RenderAsync("invoice-issued", "en", Samples.Invoice(invoice => (invoice.Number, invoice.Total) = ("", null)));
        Assert.Equal(["model.invoice.number", "model.invoice.total.amount", "model.invoice.total.currency"], refused.Error!.Violations.Select(violation => violation.Field));
    }

    [Theory]
    [InlineData("1234567.50", "EUR\u00a01,234,567.50", "1\u00a0234\u00a0567,50\u00a0EUR")]
    [InlineData("-0.5", "EUR\u00a0-0.5", "-0,5\u00a0EUR")]
    [InlineData("1200", "EUR\u00a01,200", "1\u00a0200\u00a0EUR")]
    public void Amounts_are_written_as_the_language_does(string amount, string english, string russian)
    {
        Assert.Equal(english, WrittenLanguage.English.Amount(amount, "EUR"));
        Assert.Equal(russian, WrittenLanguage.Russian.Amount(amount, "EUR"));
    }

    private static async Task<EmailContent> RenderAsync(string template, string language, Struct model)
    {
        var result = await Renderer.RenderAsync(template, language, model);
        Assert.False(result.IsError, result.Error?.Message);
        return result.Value;
    }

    // Approve a change by running the facts once with APPROVE_GOLDEN=1 and reading the difference.
    private static async Task IsApprovedAsync(string name, string actual, [CallerFilePath] string source = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(source)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("APPROVE_GOLDEN") == "1")
            await File.WriteAllTextAsync(file, actual, TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), actual);
    }
}
