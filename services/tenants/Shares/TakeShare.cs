using FluentValidation;
using Platform.Errors;
using Platform.Tenancy.Quotas;

namespace Platform.Tenants.Shares;

internal static class TakeShare
{
    public sealed class Validator : AbstractValidator<V1.TakeShareRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Resource).Must(CompanyLimits.IsOne).WithMessage("Use rows or storage.");
            RuleFor(request => request.Service).Must(CompanyLimits.Services.Contains).WithMessage("Use the name of a service that holds companies to limits.");
            RuleFor(request => request.Share).GreaterThanOrEqualTo(0).WithMessage("Use 0 or more.");
            RuleFor(request => request.Used).GreaterThanOrEqualTo(0).WithMessage("Use 0 or more.");
            RuleFor(request => request.Wanted).GreaterThanOrEqualTo(0).WithMessage("Use 0 or more.");
        }
    }

    /// <summary>From what nobody holds; where that is not enough, others are asked for what they do not use.</summary>
    public static async Task<Result<V1.TakeShareResponse>> Handle(V1.TakeShareRequest request, ShareLedger ledger, CancellationToken cancellationToken)
    {
        var first = await ledger.TakeAsync(request, evenLess: false, cancellationToken);
        if (first is null || first.Share >= request.Used + request.Wanted)
            return first ?? new V1.TakeShareResponse();
        await ledger.GatherAsync(request.Resource, share => share.Service != request.Service && share.Held > 0, cancellationToken);
        return await ledger.TakeAsync(request, evenLess: true, cancellationToken) ?? new V1.TakeShareResponse();
    }
}
