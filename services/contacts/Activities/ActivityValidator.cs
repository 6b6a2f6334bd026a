using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Platform.Validation;

namespace Platform.Contacts.Activities;

internal sealed class ActivityValidator : AbstractValidator<V1.Activity>
{
    private static readonly Timestamp Earliest = Timestamp.FromDateTimeOffset(new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly Timestamp Latest = Timestamp.FromDateTimeOffset(new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public ActivityValidator()
    {
        RuleFor(activity => activity.LeadId).OptionalId();
        RuleFor(activity => activity.PersonId).OptionalId();
        RuleFor(activity => activity.CompanyId).OptionalId();
        RuleFor(activity => activity.LeadId)
            .Must((activity, _) => activity.LeadId.Length + activity.PersonId.Length + activity.CompanyId.Length > 0)
            .WithMessage("Name at least one of leadId, personId and companyId.");
        RuleFor(activity => activity.Kind).IsInEnum().NotEqual(V1.ActivityKind.Unspecified).WithMessage("Name the kind of the activity.");
        RuleFor(activity => activity.Subject).NotEmpty().WithMessage("An activity needs a subject.").Text(300);
        RuleFor(activity => activity.Body).Text(20_000);
        RuleFor(activity => activity.SourceType).Text(100);
        RuleFor(activity => activity.SourceId).Text(200)
            .Must((activity, id) => id.Length > 0 == activity.SourceType.Length > 0).WithMessage("Send both sourceType and sourceId, or neither.");
        RuleFor(activity => activity.OccurTime).Must(time => time is null || (time >= Earliest && time < Latest)).WithMessage("Use a time after 1970.");
    }
}
