using System.Collections.Frozen;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Fluid;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.FileProviders;
using Platform.Errors;
using Platform.Languages;
using static Platform.Languages.Wording;

namespace Platform.Communications.Templates;

/// <summary>
/// The e-mails that the platform writes itself: Liquid files of this assembly, <c>name.language.subject</c>,
/// <c>name.language.txt</c> and <c>name.language.html</c>, and for a notification <c>name.language.notice</c>. Parsed once.
/// </summary>
internal sealed partial class TemplateRenderer
{
    private static readonly Assembly Home = typeof(TemplateRenderer).Assembly;
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    // What a template cannot do without.
    private static readonly FrozenDictionary<string, string[]> Required = new Dictionary<string, string[]>
    {
        ["invoice-issued"] = ["invoice.number", "invoice.seller.name", "invoice.buyer.name", "invoice.total.amount", "invoice.total.currency"],
        ["credit-note-issued"] = ["creditNote.number", "creditNote.invoiceNumber", "creditNote.seller.name", "creditNote.buyer.name", "creditNote.total.amount", "creditNote.total.currency"],
        ["new-device"] = ["address", "date", "time"],
        ["activity-reminder"] = ["subject"],
        ["bulk-job"] = ["state", "operation", "total"],
        ["support-access"] = ["state", "person", "reason"],
    }.ToFrozenDictionary();

    private readonly TemplateOptions _options = new() { FileProvider = new EmbeddedFileProvider(Home, "Templates") };
    private readonly FrozenDictionary<string, IFluidTemplate> _files;

    public TemplateRenderer()
    {
        TemplateFilters.Register(_options.Filters);
        var parser = new FluidParser();
        _files = Home.GetManifestResourceNames().Select(name => FileName().Match(name)).Where(match => match.Success)
            .ToFrozenDictionary(match => match.Groups["file"].Value, match => parser.Parse(Read(match.Value)));
    }

    /// <summary>Names of the templates.</summary>
    public static IReadOnlyCollection<string> Names => Required.Keys;

    /// <summary>Renders a template in the language, or in English where it is not written in that language.</summary>
    public async Task<Result<EmailContent>> RenderAsync(string template, string language, Struct model)
    {
        if (!Required.TryGetValue(template, out var required))
            return Unknown(template);
        var missing = required.Where(path => !TemplateModel.Has(model, path)).Select(path => new FieldViolation($"model.{path}", Say($"The template {template} needs it."))).ToList();
        if (missing.Count > 0)
            return Error.Invalid(missing);
        var found = WrittenLanguage.Find(language);
        var subject = await RenderAsync($"{template}.{found.Tag}.subject", model, found, NullEncoder.Default);
        return new EmailContent(
            found.Tag,
            WhiteSpace().Replace(subject, " ").Trim(),
            await RenderAsync($"{template}.{found.Tag}.txt", model, found, NullEncoder.Default),
            await RenderAsync($"{template}.{found.Tag}.html", model, found, Html),
            _files.ContainsKey($"{template}.{found.Tag}.notice") ? (await RenderAsync($"{template}.{found.Tag}.notice", model, found, NullEncoder.Default)).Trim() : "");
    }

    private async Task<string> RenderAsync(string file, Struct model, WrittenLanguage language, TextEncoder encoder) =>
        (await _files[file].RenderAsync(TemplateModel.ToContext(model, language, _options), encoder)).Trim() + "\n";

    private static Error Unknown(string template) =>
        new(Google.Rpc.Code.InvalidArgument, "EMAIL_TEMPLATE_UNKNOWN", Say($"There is no e-mail template '{template}': use one of {string.Join(", ", Required.Keys.Order())}."))
        {
            Violations = [new FieldViolation("template", "Use the name of a template.")],
        };

    private static string Read(string resource)
    {
        using var reader = new StreamReader(Home.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^Templates\.(?<file>[a-z-]+\.[a-z]{2}\.(html|txt|subject|notice))\.liquid$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
