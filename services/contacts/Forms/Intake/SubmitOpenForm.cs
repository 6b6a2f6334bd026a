using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using Platform.Contacts.Activities;
using Platform.Contacts.Consents;
using Platform.Contacts.Leads;
using Platform.Data;
using Platform.Errors;
using Platform.Languages;

namespace Platform.Contacts.Forms.Intake;

internal static class SubmitOpenForm
{
    /// <summary>Where entries on timelines come from by which a form tells what was sent.</summary>
    public const string Source = "platform.lead-form";

    private const int MostValues = 100;
    private const int MarkLength = 16;

    public sealed class Validator : AbstractValidator<V1.SubmitOpenFormRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Values).Must(values => values.Count <= MostValues).WithMessage("These are more answers than any form asks for.");
            RuleFor(request => request.Consents).Must(consents => consents.Count <= MostValues).WithMessage("These are more answers than any form asks for.");
        }
    }

    public static async Task<Result<V1.SubmitOpenFormResponse>> Handle(V1.SubmitOpenFormRequest request, IServiceScopeFactory scopes, string address, TimeProvider time, CancellationToken cancellationToken)
    {
        var opened = await FormScope.OpenAsync(request.Site, request.Form, scopes, cancellationToken);
        if (opened.IsError)
            return opened.Error;
        await using var scope = opened.Value;
        var thanks = new V1.SubmitOpenFormResponse { Thanks = Translated.Pick(scope.Definition.ThanksTranslations, scope.Definition.Thanks) };
        // Whoever fills in what nobody sees is told nothing that helps.
        if (request.Website.Length > 0)
            return thanks;
        var answers = new Answers(scope, request);
        var lead = answers.ToLead();
        if (lead.IsError)
            return lead.Error;
        // Last, so that somebody who has to mend a field need not wait as well.
        if (FormStamp.Check(scope.Form.StampKey, request.Stamp, time.GetUtcNow()) is { } stale)
            return stale;
        var kept = await scope.Db.InTransactionAsync(() => KeepAsync(Lead.Create(lead.Value, time.GetUtcNow()), answers, address, scope, time, cancellationToken), cancellationToken);
        // Whoever sends the same once more, by a second click or a page that is loaded again, is thanked for the first time.
        return kept.IsError && kept.Error != ActivityErrors.Repeated ? kept.Error : thanks;
    }

    private static Task<Result<V1.Lead>> KeepAsync(Lead lead, Answers answers, string address, FormScope scope, TimeProvider time, CancellationToken cancellationToken)
    {
        var entry = Activity.Create(
            new V1.Activity
            {
                LeadId = lead.Id.ToString(),
                Kind = V1.ActivityKind.System,
                Subject = $"Sent by the form '{scope.Definition.Title}'",
                SourceType = Source,
                SourceId = answers.Fingerprint,
                Body = string.Join("\n\n", answers.Given.Select(consent => $"{consent.Key}: {Translated.Pick(consent.TextTranslations, consent.Text)}")),
            },
            lead.CreateTime);
        scope.Db.Activities.Follow(entry);
        scope.Db.Activities.Add(entry);
        scope.Db.Publish(entry.Id, new V1.ActivityCreated { Activity = entry.ToMessage() });
        Agree(lead, answers, address, scope);
        return CreateLead.SaveAsync(lead, scope.Db, scope.Teams, time, cancellationToken, new UniqueViolation(ActivityConfiguration.UniqueSource, ActivityErrors.Repeated));
    }

    // The timeline has the words; by the mark of a text everybody is found who was shown the same.
    private static void Agree(Lead lead, Answers answers, string address, FormScope scope)
    {
        var said = answers.Given.Select(consent => ConsentStatement.OfLead(
            lead.Id,
            new V1.ConsentStatement
            {
                Purpose = consent.Key,
                Given = true,
                Source = $"form {scope.Form.Slug}",
                TextVersion = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Translated.Pick(consent.TextTranslations, consent.Text))))[..MarkLength],
                Address = address,
            },
            lead.CreateTime,
            "")).ToList();
        lead.TakeConsents(said.Latest());
        scope.Db.ConsentStatements.AddRange(said);
    }
}
