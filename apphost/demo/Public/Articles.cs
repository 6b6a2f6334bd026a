namespace Platform.Demo.Public;

/// <summary>An article of the knowledge base.</summary>
internal sealed record Article(string Slug, string Topic, string Title, string Summary, string Body, bool Published = true);

/// <summary>What Acme tells its customers.</summary>
internal static class Articles
{
    public static IReadOnlyList<Article> All =>
    [
        new("connect-a-vehicle", "start", "Connect your first vehicle",
            "From the box to the map in a quarter of an hour: where the tracker goes, what its lamp says, and how the vehicle gets its name.",
            """
            A tracker needs power, a view of the sky and a name. Nothing has to be drilled.

            ## Fit the tracker

            1. Switch the ignition off.
            2. Push the tracker onto the diagnostic socket, usually **below the steering wheel, on the left**.
            3. Switch the ignition on and wait until the lamp stops blinking.

            | Lamp | What it means |
            |---|---|
            | blinks green | it looks for satellites |
            | green | all is well |
            | red | no mobile network: drive into the open |

            ## Give it a name

            Open **Vehicles**, choose *Add*, and type the eight digits that stand on the tracker. A name that drivers use themselves, such as `Van 12`, is found again most easily.

            > Trackers of trucks with 24 V have a blue ring. Never fit one without it there.
            """),
        new("plan-a-route", "start", "Plan a route with several stops",
            "Put orders on a tour, let the planner sort the stops, and send the tour to the driver.",
            """
            The planner sorts stops so that time windows hold first and the way is short second.

            ## In three steps

            - Choose the orders of the day. Those without an address are marked.
            - Choose a vehicle; its **load** and its **working hours** limit the tour.
            - Choose *Plan*. What cannot be reached in time is listed below the tour, with the reason.

            A stop can be dragged to another place. The planner then keeps it there and sorts the others around it.

            ## Send it

            *Send* puts the tour onto the driver's phone. Later changes arrive there by themselves; the driver confirms them with one tap.
            """),
        new("invoices-and-payment", "pay", "Invoices and payment",
            "When invoices come, how they can be paid, and where to find those of earlier months.",
            """
            We send an invoice on the **first working day of each month**, as a PDF, to the address that you gave for it.

            ## Ways to pay

            - by bank transfer within 14 days, without deduction
            - by direct debit, three working days after the invoice

            ## Something is wrong with it?

            Answer the e-mail with which it came. Until the question is settled, no reminder goes out. A corrected invoice consists of a *credit note* and a new invoice: both have numbers of their own, because numbers never change.
            """),
        new("change-your-plan", "pay", "Add or give back vehicles",
            "You pay for the vehicles that you have on the first of a month. Adding is possible at any time.",
            """
            Vehicles are counted once a month.

            1. **Adding**: the first month costs a thirtieth of the price for each day that is left.
            2. **Giving back**: tell us until the 25th. The vehicle is no longer on the next invoice.

            The history of a vehicle that was given back stays readable for a year, and can be downloaded as a CSV file the whole time.
            """),
        new("opening-hours", "help", "Opening hours and ways to reach us",
            "People answer from Monday to Friday, eight to six. In emergencies somebody is awake at any time.",
            """
            | | Monday to Friday | Saturday |
            |---|---|---|
            | Telephone | 8:00 – 18:00 | 9:00 – 13:00 |
            | E-mail | answered within four hours | answered on Monday |

            All times are those of Berlin.

            ## In an emergency

            Where a **stolen vehicle** has to be found, dial the number on the back of your customer card. It is answered day and night, and we work with the police only: please have the number of the report at hand.
            """),
        new("return-a-device", "help", "Return or replace a device",
            "A device that fails within three years is replaced without questions. This is how to send it back.",
            """
            1. Write to us with the eight digits of the device. A label for the parcel comes back within the hour.
            2. Pack the device **without its battery** where it has one.
            3. Bring the parcel to any post office. We send the new device on the same day on which the parcel is scanned there.

            The new device takes over name, history and settings of the old one. You need not set anything up again.
            """),
        new("coming-features", "help", "What comes next year", "Notes for the sales meeting.", "Not for customers yet.", Published: false),
    ];
}
