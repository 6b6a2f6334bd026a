using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Forms;

internal static class LeadFormErrors
{
    public static readonly UniqueViolation SlugTaken = new(LeadForm.UniqueSlug, Error.AlreadyExists("FORM_EXISTS", "There is a form of this slug already.") with
    {
        Violations = [new FieldViolation("leadForm.slug", "There is a form of this slug already.")],
    });

    public static readonly Error TooQuick = Error.Precondition("FORM_TOO_QUICK", "That was quick: send the form again in a moment.");

    public static readonly Error Expired = Error.Precondition("FORM_EXPIRED", "The form was open for too long: send it again.");

    public static readonly Error SlugIsFixed = Error.Invalid("leadForm.slug", "This never changes: make another form.");

    public static Error NotFound(string id) => Error.NotFound("form", id);

    public static Error TooMany(int most) => Error.Precondition("TOO_MANY_FORMS", Say($"A company has at most {most} forms: delete one first."));
}
