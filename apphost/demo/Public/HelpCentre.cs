using Google.Protobuf.WellKnownTypes;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Records.V1;
using Field = Platform.CustomFields.V1.Field;
using Record = Platform.Records.V1.Record;

namespace Platform.Demo.Public;

/// <summary>What Acme shows to everybody: a knowledge base and a form. Once: where they are there, it stays at that.</summary>
internal sealed class HelpCentre(Api api, CancellationToken cancellationToken)
{
    private const string Resource = "records.article";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<string> OpenAsync()
    {
        if ((await api.GetAsync<ListObjectTypesResponse>("/api/v1/metadata/objects?pageSize=200")).ObjectTypes.All(known => known.Key != "article"))
            await WriteAsync();
        var form = (await api.GetAsync<ListLeadFormsResponse>("/api/v1/contacts/lead-forms")).LeadForms.FirstOrDefault(known => known.Slug == Form.Slug)
            ?? await api.PostAsync<LeadForm>("/api/v1/contacts/lead-forms", Form);
        await Waiting.UntilAsync("The knowledge base", Patience, async () => (await api.StatusAsync("/kb/acme")) == System.Net.HttpStatusCode.OK, open => open, cancellationToken);
        return $"/kb/acme and {form.Path}";
    }

    private async Task WriteAsync()
    {
        var article = await api.PostAsync<ObjectType>("/api/v1/metadata/objects", new ObjectType
        {
            Key = "article",
            PluralKey = "articles",
            Label = "Article",
            LabelTranslations = { ["ru"] = "Статья" },
            PluralLabel = "Help centre",
            PluralLabelTranslations = { ["ru"] = "Справка" },
            NameLabel = "Title",
            NameLabelTranslations = { ["ru"] = "Заголовок" },
            Icon = "book-open",
        });
        foreach (var field in Fields)
            await api.PostAsync<Field>("/api/v1/metadata/fields", field);
        await api.PatchAsync<ObjectType>($"/api/v1/metadata/objects/{article.Id}?updateMask=publication", new ObjectType
        {
            Publication = new Publication { SlugField = "slug", PublishedField = "published", BodyField = "body", SummaryField = "summary", CategoryField = "topic" },
        });
        // The owner of the records hears of new fields a moment later.
        await Waiting.UntilAsync("The fields of articles", Patience, () => TryAsync(Articles.All[0]), made => made, cancellationToken);
        foreach (var known in Articles.All.Skip(1))
            await TryAsync(known, must: true);
    }

    private async Task<bool> TryAsync(Article article, bool must = false)
    {
        try
        {
            await api.PostAsync<Record>("/api/v1/objects/articles", new Record
            {
                Name = article.Title,
                CustomFields = new Struct
                {
                    Fields =
                    {
                        ["slug"] = Value.ForString(article.Slug), ["topic"] = Value.ForString(article.Topic), ["summary"] = Value.ForString(article.Summary),
                        ["body"] = Value.ForString(article.Body), ["published"] = Value.ForBool(article.Published),
                    },
                },
            });
            return true;
        }
        catch (DemoFailedException) when (!must)
        {
            return false;
        }
    }

    private static IEnumerable<Field> Fields =>
    [
        new() { Resource = Resource, Key = "slug", Type = FieldType.Text, Label = "Address", LabelTranslations = { ["ru"] = "Адрес" }, Unique = true, Pattern = "[a-z0-9]+(-[a-z0-9]+)*" },
        new() { Resource = Resource, Key = "published", Type = FieldType.Boolean, Label = "Public", LabelTranslations = { ["ru"] = "Открыта" }, Searchable = true },
        new()
        {
            Resource = Resource, Key = "topic", Type = FieldType.SingleChoice, Label = "Topic", LabelTranslations = { ["ru"] = "Раздел" },
            Choices = { Choice("start", "First steps", "Первые шаги", "#2f9e6e"), Choice("pay", "Invoices", "Счета", "#4f6bd6"), Choice("help", "Help", "Помощь", "#c0781c") },
        },
        new() { Resource = Resource, Key = "summary", Type = FieldType.Text, Label = "Summary", LabelTranslations = { ["ru"] = "Кратко" } },
        new() { Resource = Resource, Key = "body", Type = FieldType.LongText, Label = "Text", LabelTranslations = { ["ru"] = "Текст" } },
    ];

    private static LeadForm Form => new()
    {
        Slug = "contact",
        Title = "Talk to our sales team",
        TitleTranslations = { ["ru"] = "Поговорите с нами" },
        Open = true,
        Source = "website",
        Introduction = "Tell us what moves in your company. Somebody who knows the matter calls you back within a working day.",
        IntroductionTranslations = { ["ru"] = "Расскажите, что у вас в пути. Специалист перезвонит в течение рабочего дня." },
        Thanks = "We call you within a working day.",
        ThanksTranslations = { ["ru"] = "Мы перезвоним в течение рабочего дня." },
        Fields =
        {
            new LeadFormField { Path = "first_name", Required = true }, new LeadFormField { Path = "last_name", Required = true }, new LeadFormField { Path = "email", Required = true },
            new LeadFormField { Path = "company_name" }, new LeadFormField { Path = "phone" },
        },
        Consents =
        {
            new LeadFormConsent
            {
                Key = "privacy", Required = true, Text = "Acme may keep what I have entered to answer my request.",
                TextTranslations = { ["ru"] = "Acme может хранить введённые мной данные, чтобы ответить на запрос." },
            },
            new LeadFormConsent { Key = "news", Text = "Acme may send me news about its products by e-mail.", TextTranslations = { ["ru"] = "Acme может присылать мне новости о своих продуктах." } },
        },
    };

    private static Choice Choice(string key, string english, string russian, string color) => new() { Key = key, Label = english, LabelTranslations = { ["ru"] = russian }, Color = color };
}
