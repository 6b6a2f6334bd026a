using Platform.Errors;
using Platform.Languages;

namespace Platform.Contacts.Forms.Intake;

internal static class GetOpenForm
{
    public static async Task<Result<V1.OpenForm>> Handle(V1.GetOpenFormRequest request, IServiceScopeFactory scopes, TimeProvider time, CancellationToken cancellationToken)
    {
        var opened = await FormScope.OpenAsync(request.Site, request.Form, scopes, cancellationToken);
        if (opened.IsError)
            return opened.Error;
        await using var scope = opened.Value;
        var form = scope.Definition;
        return new V1.OpenForm
        {
            Site = scope.Site,
            Title = Translated.Pick(form.TitleTranslations, form.Title),
            Introduction = Translated.Pick(form.IntroductionTranslations, form.Introduction),
            Thanks = Translated.Pick(form.ThanksTranslations, form.Thanks),
            Fields = { scope.Fields.Select(field => ToMessage(field.Asked, field.Known)) },
            Consents = { form.Consents.Select(consent => new V1.OpenFormConsent { Key = consent.Key, Text = Translated.Pick(consent.TextTranslations, consent.Text), Required = consent.Required }) },
            Stamp = FormStamp.Create(scope.Form.StampKey, time.GetUtcNow()),
        };
    }

    private static V1.OpenFormField ToMessage(V1.LeadFormField asked, FormField known) => new()
    {
        Path = asked.Path,
        Label = asked.Label.Length > 0 ? Translated.Pick(asked.LabelTranslations, asked.Label) : known.Label,
        Type = known.Type,
        Required = asked.Required,
        Choices =
        {
            (known.Type == "single_choice" ? known.Definition!.Choices.Where(choice => !choice.Deprecated) : [])
                .Select(choice => new V1.OpenFormChoice { Key = choice.Key, Label = Translated.Pick(choice.LabelTranslations, choice.Label) }),
        },
    };
}
