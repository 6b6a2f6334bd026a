using FluentValidation;
using Platform.Filtering;
using Platform.Validation;

namespace Platform.Contacts.Segments;

/// <summary>What every segment has to be like; whether its expression fits the records is looked at when it is bound.</summary>
internal sealed class SegmentValidator : AbstractValidator<V1.Segment>
{
    public SegmentValidator()
    {
        RuleFor(segment => segment.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage("A segment needs a name.").Text(100);
        RuleFor(segment => segment.Description).Text(1000);
        RuleFor(segment => segment.Resource).Must(resource => MemberKind.Find(resource) is not null).WithMessage("Use contacts.person, contacts.company or contacts.lead.");
        RuleFor(segment => segment.Kind).IsInEnum().NotEqual(V1.SegmentKind.Unspecified).WithMessage("Say whether it is SEGMENT_KIND_STATIC or SEGMENT_KIND_DYNAMIC.");
        RuleFor(segment => segment.Filter).Must(filter => !string.IsNullOrWhiteSpace(filter)).WithMessage("A dynamic segment needs an expression, such as create_time:* for all records.")
            .When(segment => segment.Kind == V1.SegmentKind.Dynamic);
        RuleFor(segment => segment.Filter).Empty().WithMessage("Members are added to a static segment by calls: leave the expression out.").When(segment => segment.Kind == V1.SegmentKind.Static);
        RuleFor(segment => segment.Filter).MaximumLength(FilterLimits.Length).WithMessage("The expression is too long.");
        RuleFor(segment => segment.TimeZone).OptionalTimeZone();
    }
}
