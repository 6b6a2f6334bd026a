using System.Text.RegularExpressions;
using FluentValidation;
using Platform.Data;
using Platform.Errors;
using Platform.Finance.Documents;
using Platform.Monetary;

namespace Platform.Finance.Settings;

internal static partial class UpdateFinanceSettings
{
    public sealed class Validator : AbstractValidator<V1.UpdateFinanceSettingsRequest>
    {
        public Validator() => RuleFor(request => request.Settings).NotNull().WithMessage("Send the settings.").SetValidator(new SettingsValidator());
    }

    private sealed class SettingsValidator : AbstractValidator<V1.FinanceSettings>
    {
        public SettingsValidator()
        {
            RuleFor(settings => settings.LegalEntity).NotNull().WithMessage("Send the company that issues the documents.").SetValidator(new PartyValidator());
            RuleFor(settings => settings.Currency).Currency();
            RuleFor(settings => settings.InvoicePrefix).Matches(Prefix()).WithMessage("Use 1 to 10 upper-case letters and digits.");
            RuleFor(settings => settings.CreditNotePrefix).Matches(Prefix()).WithMessage("Use 1 to 10 upper-case letters and digits.")
                .NotEqual(settings => settings.InvoicePrefix).WithMessage("Credit notes need another prefix than invoices.");
            RuleFor(settings => settings.PaymentDays).InclusiveBetween(0, 365).WithMessage("Use 0 to 365 days.");
            RuleFor(settings => settings.TaxRounding).IsInEnum().WithMessage("There is no such rounding.");
            RuleFor(settings => settings.TimeZone).Must(IsZone).WithMessage("Use an IANA time zone such as Europe/Berlin.");
        }
    }

    public static async Task<Result<V1.FinanceSettings>> Handle(
        V1.UpdateFinanceSettingsRequest request, FinanceDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var settings = await db.LoadOrAddSettingsAsync(time, cancellationToken);
        if (!settings.Matches(request.Settings.Etag))
            return Stale;
        settings.Update(request.Settings, time.GetUtcNow());
        return await db.TrySaveChangesAsync(cancellationToken, AddedMeanwhile) is null ? settings.ToMessage() : Stale;
    }

    private static Error Stale => Error.Stale("setting");

    private static readonly UniqueViolation AddedMeanwhile = new(FinanceSettingsConfiguration.Key, Stale);

    private static bool IsZone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId;

    [GeneratedRegex(@"\A[A-Z0-9]{1,10}\z")]
    private static partial Regex Prefix();
}
