using Platform.Errors;

namespace Platform.Deals.Stages;

/// <summary>What is known of the stages, and of what they ask for, before a deal is locked that is to change its stage.</summary>
/// <param name="Book">The stages.</param>
/// <param name="Done">What is done with the deal.</param>
internal sealed record StageRules(Book Book, DoneActivities Done)
{
    /// <summary>What the deal lacks; null where it has all that is asked for.</summary>
    /// <param name="from">The stage that it comes from.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="deal">The deal as it would be there.</param>
    public Error? Check(Guid? from, Place to, V1.Deal deal) => Book.Passage(from, to).Check(deal, Done);
}
