using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Platform.Contacts.Fields;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Activities;

internal sealed class ActivityValidator : AbstractValidator<V1.Activity>
{
    private const int MaxParticipants = 100;
    private const int MaxMentions = 50;
    private const int MaxMinutes = 7 * 24 * 60;

    private static readonly Timestamp Earliest = Timestamp.FromDateTimeOffset(new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly Timestamp Latest = Timestamp.FromDateTimeOffset(new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public ActivityValidator()
    {
        RuleFor(activity => activity.LeadId).OptionalId();
        RuleFor(activity => activity.PersonId).OptionalId();
        RuleFor(activity => activity.CompanyId).OptionalId();
        RuleFor(activity => activity.DealId).OptionalId();
        RuleFor(activity => activity.LeadId)
            .Must((activity, _) => activity.LeadId.Length + activity.PersonId.Length + activity.CompanyId.Length + activity.DealId.Length > 0)
            .WithMessage("Name at least one of leadId, personId, companyId and dealId.");
        RuleFor(activity => activity.Kind).IsInEnum().NotEqual(V1.ActivityKind.Unspecified).WithMessage("Name the kind of the activity.");
        RuleFor(activity => activity.Subject).NotEmpty().WithMessage("An activity needs a subject.").Text(300);
        RuleFor(activity => activity.Body).Text(20_000);
        RuleFor(activity => activity.SourceType).Text(100);
        RuleFor(activity => activity.SourceId).Text(200)
            .Must((activity, id) => id.Length > 0 == activity.SourceType.Length > 0).WithMessage("Send both sourceType and sourceId, or neither.");
        RuleFor(activity => activity.OccurTime).Must(IsPlausible).WithMessage("Use a time after 1970.");
        RuleFor(activity => activity.OwnerId).OptionalId();
        RuleForEach(activity => activity.MentionedUserIds).Id();
        RuleFor(activity => activity.MentionedUserIds).Must(ids => ids.Count <= MaxMentions).WithMessage(_ => Say($"At most {MaxMentions}."));
        RuleFor(activity => activity.CustomFields).CustomFields();
        RuleForWork();
        RuleForTalk();
    }

    private void RuleForWork()
    {
        const string Work = "Only a task, a call or a meeting has it.";
        RuleFor(activity => activity.Status).IsInEnum().WithMessage("There is no such status.");
        RuleFor(activity => activity.Priority).IsInEnum().WithMessage("There is no such priority.");
        RuleFor(activity => activity.DueTime).Must(IsPlausible).WithMessage("Use a time after 1970.");
        RuleFor(activity => activity.RemindTime).Must(IsPlausible).WithMessage("Use a time after 1970.");
        RuleFor(activity => activity.AssigneeId).OptionalId();
        When(activity => !ActivityKinds.IsWork(activity.Kind), () =>
        {
            RuleFor(activity => activity.Status).Equal(V1.ActivityStatus.Unspecified).WithMessage(Work);
            RuleFor(activity => activity.Priority).Equal(V1.ActivityPriority.Unspecified).WithMessage(Work);
            RuleFor(activity => activity.DueTime).Null().WithMessage(Work);
            RuleFor(activity => activity.RemindTime).Null().WithMessage(Work);
            RuleFor(activity => activity.AssigneeId).Empty().WithMessage(Work);
        });
    }

    private void RuleForTalk()
    {
        const string Talk = "Only a call or a meeting has it.";
        RuleFor(activity => activity.DurationMinutes).InclusiveBetween(0, MaxMinutes).WithMessage(_ => Say($"Use 0 to {MaxMinutes} minutes."));
        RuleForEach(activity => activity.ParticipantPersonIds).Id();
        RuleForEach(activity => activity.ParticipantUserIds).Id();
        RuleForEach(activity => activity.ParticipantEmails).Must(Rules.IsEmail).WithMessage("Use an e-mail address such as name@company.example.");
        RuleFor(activity => activity.ParticipantPersonIds).Must(ids => ids.Count <= MaxParticipants).WithMessage(_ => Say($"At most {MaxParticipants}."));
        RuleFor(activity => activity.ParticipantUserIds).Must(ids => ids.Count <= MaxParticipants).WithMessage(_ => Say($"At most {MaxParticipants}."));
        RuleFor(activity => activity.ParticipantEmails).Must(emails => emails.Count <= MaxParticipants).WithMessage(_ => Say($"At most {MaxParticipants}."));
        When(activity => !ActivityKinds.IsTalk(activity.Kind), () =>
        {
            RuleFor(activity => activity.DurationMinutes).Equal(0).WithMessage(Talk);
            RuleFor(activity => activity.ParticipantPersonIds).Empty().WithMessage(Talk);
            RuleFor(activity => activity.ParticipantUserIds).Empty().WithMessage(Talk);
            RuleFor(activity => activity.ParticipantEmails).Empty().WithMessage(Talk);
        });
    }

    private static bool IsPlausible(Timestamp? time) => time is null || (time >= Earliest && time < Latest);
}
