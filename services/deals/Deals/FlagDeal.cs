using System.Text.RegularExpressions;
using FluentValidation;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Deals.Deals;

internal static partial class FlagDeal
{
    public sealed class Validator : AbstractValidator<V1.FlagDealRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Code).Matches(Code()).WithMessage("Use a code in upper case, such as INVOICE_NOT_DELIVERED.");
            RuleFor(request => request.Reason).Text(500);
        }
    }

    public static Task<Result<V1.Deal>> Handle(V1.FlagDealRequest request, DealsDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => FlagAsync(request, db, time, cancellationToken), cancellationToken);

    private static async Task<Result<V1.Deal>> FlagAsync(V1.FlagDealRequest request, DealsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.LockAsync(request.Id, cancellationToken) is not { } deal)
            return DealErrors.NotFound(request.Id);
        if (!deal.Flag(request.Code, request.Reason, time.GetUtcNow()))
            return deal.ToMessage();
        db.Publish(deal.Id, new V1.DealFlagged { Deal = deal.ToMessage() });
        await db.SaveChangesAsync(cancellationToken);
        return deal.ToMessage();
    }

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]{0,62}\z")]
    private static partial Regex Code();
}
