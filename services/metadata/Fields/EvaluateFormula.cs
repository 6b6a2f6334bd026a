using FluentValidation;
using Platform.CustomFields.Formulas;
using Platform.Errors;
using Platform.Metadata.Resources;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Fields;

/// <summary>What a formula that is being written gives for one record; nothing is kept.</summary>
internal static class EvaluateFormula
{
    public sealed class Validator : AbstractValidator<V1.EvaluateFormulaRequest>
    {
        public Validator() => RuleFor(request => request.Formula).NotEmpty().WithMessage("Write the formula.");
    }

    public static async Task<Result<V1.EvaluateFormulaResponse>> Handle(V1.EvaluateFormulaRequest request, ShapeWork work, CancellationToken cancellationToken)
    {
        if (await work.FindAsync(request.Resource, cancellationToken) is not { } resource)
            return Error.Invalid("resource", FieldRules.ResourceAdvice);
        if (SentRecord.Read(request.Record, resource) is not { } record)
            return SentRecord.Unreadable(resource);
        var formula = FormulaPreview.Read(request.Formula, resource.Info, resource.Custom.Of(resource.Name).All.Select(field => field.Definition));
        if (formula.IsError)
            return formula.Error with { Violations = [new FieldViolation("formula", formula.Error.Message)] };
        // What was sent in place of a value that the caller does not see as it is would be told for one.
        var unseen = formula.Value.Reads.Where(path => resource.Find(path) is { Access: not ("full" or "read_only") }).Order(StringComparer.Ordinal).ToList();
        if (unseen.Count > 0)
            return FieldErrors.NotReadable(unseen);
        var (value, reason, missing) = formula.Value.Of(record);
        return new V1.EvaluateFormulaResponse { ResultType = formula.Value.ResultType, Value = value, Reason = reason, Missing = { missing } };
    }
}
