namespace Platform.Invocation;

/// <summary>The names of Dapr components and apps; the same in every environment.</summary>
public static class DaprNames
{
    /// <summary>The message broker.</summary>
    public const string PubSub = "pubsub";

    /// <summary>Key-value state; holds workflows too.</summary>
    public const string StateStore = "statestore";

    /// <summary>Secrets.</summary>
    public const string SecretStore = "secretstore";

    /// <summary>App id of the gateway.</summary>
    public const string Gateway = "gateway";

    /// <summary>App id of tenants, members and roles.</summary>
    public const string Tenants = "tenants";

    /// <summary>App id of leads, people, companies and their timeline.</summary>
    public const string Contacts = "contacts";

    /// <summary>App id of deals.</summary>
    public const string Deals = "deals";

    /// <summary>App id of invoices and credit notes.</summary>
    public const string Finance = "finance";

    /// <summary>App id of e-mail.</summary>
    public const string Communications = "communications";

    /// <summary>App id of the processes across domains.</summary>
    public const string Automation = "automation";

    /// <summary>App id of what companies define for themselves: custom fields.</summary>
    public const string Metadata = "metadata";

    /// <summary>App id of the records of objects that companies define.</summary>
    public const string Records = "records";

    /// <summary>App id of the pipelines that deals go through.</summary>
    public const string Pipelines = "pipelines";

    /// <summary>App id of products and their prices.</summary>
    public const string Inventory = "inventory";

    /// <summary>App id of the search over all records.</summary>
    public const string Search = "search";
}
