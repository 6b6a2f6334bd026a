using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Communications.Delivery;
using Platform.Communications.Templates;
using Platform.Data;
using Platform.Errors;
using Platform.Languages;
using Platform.Tenancy;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Communications.Emails;

internal static class SendEmail
{
    private static readonly UniqueViolation SentAlready =
        new(EmailConfiguration.UniqueSource, Error.AlreadyExists("EMAIL_EXISTS", "There is an e-mail of this source already."));

    // What only the platform writes: it leads where the platform says, with files that the platform made.
    private static readonly string[] OwnTemplates = ["quote-sent"];

    private const string OfThePlatform = "Only the platform itself sends this.";
    private const int MaxFiles = 5;
    private const int MaxBytes = 2 * 1024 * 1024;
    private const int MaxLink = 2_000;

    public sealed class Validator : AbstractValidator<V1.SendEmailRequest>
    {
        public Validator()
        {
            RuleFor(request => request.To).Must(Rules.IsEmail).WithMessage("Use an e-mail address such as name@company.example.");
            RuleFor(request => request.ToName).Line(200);
            RuleFor(request => request.Language).Must(WrittenLanguage.IsTag).WithMessage("Use a language tag such as en or ru, or leave it out.");
            RuleFor(request => request.SourceType).Line(50);
            RuleFor(request => request.SourceId).Line(200).Must((request, id) => id.Length == 0 == (request.SourceType.Length == 0))
                .WithMessage("Give sourceType and sourceId, or neither.");
            RuleFor(request => request.Attachments).Must(files => files.Count <= MaxFiles && files.Sum(file => file.Content.Length) <= MaxBytes).WithMessage(_ => Say($"Send at most {MaxFiles} files, and 2 MB together."));
            RuleForEach(request => request.Attachments).ChildRules(file =>
            {
                file.RuleFor(one => one.Name).NotEmpty().WithMessage("Name the file.").Line(200);
                file.RuleFor(one => one.ContentType).Must(type => MimeKit.ContentType.TryParse(type, out _)).WithMessage("Use a media type such as application/pdf.");
            });
            RuleFor(request => request.Link)
                .Must(link => link.Length == 0 || (link.Length <= MaxLink && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")).WithMessage("Use an address such as https://company.example/page.")
                .Must((request, link) => link.Length == 0 || request.Template.Length > 0).WithMessage("A link goes with a template.");
            When(request => request.Template.Length > 0, HasNoTextOfItsOwn).Otherwise(HasText);
        }

        private void HasNoTextOfItsOwn()
        {
            RuleFor(request => request.Subject).Empty().WithMessage("The template writes the subject: leave it out.");
            RuleFor(request => request.TextBody).Empty().WithMessage("The template writes the text: leave it out.");
        }

        private void HasText()
        {
            RuleFor(request => request.Subject).NotEmpty().WithMessage("Give a template, or a subject and a text.").Line(300);
            RuleFor(request => request.TextBody).NotEmpty().WithMessage("Give a template, or a subject and a text.").Text(100_000);
        }
    }

    public static async Task<Result<V1.Email>> Handle(
        V1.SendEmailRequest request, CommunicationsDbContext db, TemplateRenderer templates, SmtpSettings smtp, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Refusal(request, db.Caller) is { } refusal)
            return refusal;
        if (await FindAsync(db, request, cancellationToken) is { } first)
            return first.ToMessage();
        var content = await ContentAsync(request, templates);
        if (content.IsError)
            return content.Error;
        var email = Email.Accept(request, content.Value, smtp.SenderDomain, time.GetUtcNow());
        db.Emails.Add(email);
        db.Enclosures.AddRange(EmailEnclosure.Of(email, request));
        db.Deliveries.Add(EmailDelivery.Of(email));
        if (await db.TrySaveChangesAsync(cancellationToken, SentAlready) is null)
            return email.ToMessage();
        // A parallel call was faster: its message is the one.
        db.ChangeTracker.Clear();
        return (await FindAsync(db, request, cancellationToken))!.ToMessage();
    }

    // Files, links and letters of the platform's own carry its name: they are its services' to send.
    private static Error? Refusal(V1.SendEmailRequest request, Caller caller)
    {
        if (caller.Kind is CallerKind.Service or CallerKind.System)
            return null;
        List<FieldViolation> wrong = [];
        if (request.Attachments.Count > 0)
            wrong.Add(new FieldViolation("attachments", OfThePlatform));
        if (request.Link.Length > 0)
            wrong.Add(new FieldViolation("link", OfThePlatform));
        if (OwnTemplates.Contains(request.Template))
            wrong.Add(new FieldViolation("template", OfThePlatform));
        return wrong.Count == 0 ? null : new Error(Google.Rpc.Code.PermissionDenied, "EMAIL_OF_PLATFORM", OfThePlatform) { Violations = wrong };
    }

    private static async Task<Email?> FindAsync(CommunicationsDbContext db, V1.SendEmailRequest request, CancellationToken cancellationToken) =>
        request.SourceType.Length == 0 ? null : await db.Emails.AsNoTracking().SingleOrDefaultAsync(
            row => row.SourceType == request.SourceType && row.SourceId == request.SourceId, cancellationToken);

    private static async Task<Result<EmailContent>> ContentAsync(V1.SendEmailRequest request, TemplateRenderer templates) => request.Template.Length > 0
        ? await templates.RenderAsync(request.Template, request.Language, ModelOf(request))
        : new EmailContent(WrittenLanguage.Find(request.Language).Tag, request.Subject.Trim(), request.TextBody, "");

    // What is kept does not tell the address.
    private static Struct ModelOf(V1.SendEmailRequest request)
    {
        var model = request.Model?.Clone() ?? new();
        if (request.Link.Length > 0)
            model.Fields["link"] = Value.ForString(EmailEnclosure.LinkMark);
        return model;
    }
}
