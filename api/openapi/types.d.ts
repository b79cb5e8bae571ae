// Made by `npm run api:types` from api/contracts: not to be edited by hand.
export interface paths {
    "/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What waits for somebody to agree, and what was answered
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One request
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getApproval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agree
         * @description The ledger is looked at again before it is done: what no longer holds is not.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["approveApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse, with a reason
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["refuseApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/write-off-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a write-off
         * @description Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["requestWriteOff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/charges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Late fees and interest of an invoice, waived ones too
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listCharges"];
        put?: never;
        /**
         * Charge a late fee or interest
         * @description Interest is for each day after the due date that has not been charged for, on what was open and undisputed on it, up to today. Amounts are rounded half to even, once.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["chargeInvoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/charges/{id}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put unapplied money of a payment on a charge
         * @description A payment settles the invoice that it names, and never a charge by itself: what is left of it is put on a charge here.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["payCharge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reference-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reference rates that interest by law goes by, the newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listReferenceRates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reference-rates/presets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The laws that interest goes by, and which of their rates are missing
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listRatePresets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reference-rates/{preset}/{halfYear}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Add the reference rate of a half-year
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        put: operations["setReferenceRate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/charges/{id}/waive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Waive a charge, with a reason
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["waiveCharge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/discounts/uptake": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of discounts: offered, taken, lost, what they cost and the days they gained
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listDiscountUptake"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/discounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Discounts offered on an invoice
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listDiscountOffers"];
        put?: never;
        /**
         * Offer a discount for paying early
         * @description When payments received until the end of the last day, where the customer is, come to what is asked for less the discount, the ledger takes the rest off. A payment that is reversed takes the discount back with it.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["offerDiscount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/discounts/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw an offer that no payment has met
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["withdrawDiscount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in
         * @description For whoever is signed in.
         */
        get: operations["me"];
        put?: never;
        /**
         * Sign in with a password
         * @description Open to all.
         */
        post: operations["signIn"];
        /**
         * Sign out
         * @description For people who are signed in.
         */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the own password; ends the other sessions
         * @description For people who are signed in.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which emails one gets about what is one's own, and about what one's groups are told
         * @description For people who are signed in.
         */
        get: operations["getNoticeSettings"];
        /**
         * Choose which emails one gets: none, at once (several together where they come close), or a list at seven each morning
         * @description For people who are signed in.
         */
        put: operations["putNoticeSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Active people, to assign work to
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Users
         * @description Roles: admin. API key scope: `admin`.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Add a user
         * @description Without a password the server makes one and answers with it, once.
         *
         *     Roles: admin. API key scope: `admin`.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One user
         * @description Roles: admin. API key scope: `admin`.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change name, role, manager, language or whether the user may sign in
         * @description Roles: admin. API key scope: `admin`.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/users/{id}/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a new random password; ends all sessions of the user
         * @description Roles: admin. API key scope: `admin`.
         */
        post: operations["resetUserPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * API keys, revoked ones included
         * @description Roles: admin. API key scope: `admin`.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make an API key
         * @description The key itself is in this answer only.
         *
         *     Roles: admin. API key scope: `admin`.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description Roles: admin. API key scope: `admin`.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Customers with their balances
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listCustomers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One customer
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getCustomer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Edit a customer
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        patch: operations["updateCustomer"];
        trace?: never;
    };
    "/customers/{id}/owner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say whose account a customer is
         * @description Queues that assign by owner give the tasks about a customer to this person.
         *
         *     Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        put: operations["setCustomerOwner"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create or update up to 1,000 customers by external id
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        post: operations["upsertCustomers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Contacts of a customer
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listContacts"];
        put?: never;
        /**
         * Add a contact
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        post: operations["createContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a contact
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        delete: operations["deleteContact"];
        options?: never;
        head?: never;
        /**
         * Edit a contact
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        patch: operations["updateContact"];
        trace?: never;
    };
    "/customers/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that happened with a customer, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write a note, or an entry of a kind
         * @description Plain text. `@` and the whole name of a user notifies them. With an issue type it is an entry of that kind.
         *
         *     Roles: admin, credit-manager, collector, sales. API key scope: `collections:write`.
         */
        post: operations["addNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/issue-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Kinds of entries on a timeline, by label
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listIssueTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/issue-types/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make or rename a kind of entry, or take it out of use
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        put: operations["putIssueType"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause the collection of all invoices of a customer
         * @description Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["pauseCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop the collection of a customer
         * @description Ends what was still to come of all its invoices, and of new ones, until somebody resumes it.
         *
         *     Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["stopCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/collection/skip-steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Skip a step of several invoices of a customer
         * @description Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["skipCustomerSteps"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/collection/send-now": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a step of several invoices of a customer now
         * @description What asks for an email goes out in one.
         *
         *     Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["sendCustomerStepsNow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume the collection of a customer that is paused or stopped
         * @description Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["resumeCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Invoices by state, age, customer and stage
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listInvoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One invoice
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getInvoice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Its lines
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getInvoiceLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What settled it
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getInvoiceApplications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/ladder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every step of its policy: done, next, skipped, and why
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getInvoiceLadder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Its decisions, oldest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getInvoiceDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Its PDF: the one supplied, or one made from the ledger
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getInvoiceDocument"];
        /**
         * Supply its PDF
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        put: operations["putInvoiceDocument"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/grace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give one invoice days of grace
         * @description Steps after the due date that are still to come move at once.
         *
         *     Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        put: operations["setInvoiceGrace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create or update up to 1,000 invoices by external id
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        post: operations["upsertInvoices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/write-offs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write off what is open, or a part of it
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        post: operations["writeOffInvoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/write-offs/{id}/reverse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a write-off back
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        post: operations["reverseWriteOff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/collection/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause until an instant, or until resumed
         * @description Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["pauseCollection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/collection/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume
         * @description Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["resumeCollection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/collection/skip-step": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Skip a step that is still to come
         * @description Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["skipStep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/collection/send-now": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a step now
         * @description Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["sendNow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/collection/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop the collection of this invoice for good
         * @description Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["stopCollection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Payments, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listPayments"];
        put?: never;
        /**
         * Record a payment
         * @description A payment with an external id that is known already changes nothing and answers with the payment as it is.
         *
         *     Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        post: operations["recordPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One payment
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record up to 1,000 payments
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        post: operations["upsertPayments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{id}/reverse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reverse a payment: what it paid is open again
         * @description A chargeback is a reversal that the payer had the bank make; it raises a task for a person. Of a payment that is reversed already nothing changes.
         *
         *     Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        post: operations["reversePayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a payment back, or a part of it
         * @description Unapplied cash goes first, which reopens nothing; then what was applied last is taken back, and is open again. The same external id again changes nothing and answers with the refund as it is.
         *
         *     Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        post: operations["refundPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Refunds, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listRefunds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/refunds/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record up to 1,000 refunds, in the order given
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        post: operations["bulkRefunds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply what is left of a payment
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        post: operations["applyPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credit-notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Credit notes, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listCreditNotes"];
        put?: never;
        /**
         * Record a credit note
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        post: operations["recordCreditNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credit-notes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One credit note
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getCreditNote"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credit-notes/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record up to 1,000 credit notes
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        post: operations["upsertCreditNotes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credit-notes/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply what is left of a credit note
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        post: operations["applyCreditNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every decision made, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One message, with what the provider said of it
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{id}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say whether a message of which it is unknown was sent
         * @description For messages in state unknown, once a person has looked it up. `not-sent` queues the same afresh under a key of its own: if it was sent after all, the customer gets it twice.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["settleMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{id}/html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The message as it was sent, to be shown in a sandboxed frame
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getMessageHtml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{id}/attachments/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An attachment
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getMessageAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suppressed-addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Addresses that no email is sent to
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listSuppressedAddresses"];
        put?: never;
        /**
         * Send nothing to an address
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["suppressAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suppressed-addresses/{email}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Send to an address again
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        delete: operations["releaseAddress"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Events from Resend, signed by Svix
         * @description Open to all.
         */
        post: operations["receiveResendEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where events are sent
         * @description Roles: admin. API key scope: `admin`.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Add an endpoint; its signing secret is in this answer only
         * @description Roles: admin. API key scope: `admin`.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change events, or switch it on or off
         * @description Roles: admin. API key scope: `admin`.
         */
        post: operations["updateWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was sent there
         * @description Roles: admin. API key scope: `admin`.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Holds, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listHolds"];
        put?: never;
        /**
         * Put a customer on hold by hand
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["placeHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a hold
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["releaseHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/handoffs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Invoices handed to an agency, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listHandoffs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Notifications, newest first
         * @description Those to groups, and those to the person who asks.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark one as read, for oneself
         * @description For people who are signed in.
         */
        post: operations["readNotification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark those that were shown as read, for oneself
         * @description Others than those that are named stay unread, whenever they came, and so do those that did not reach the person who asks.
         *
         *     For people who are signed in.
         */
        post: operations["readNotifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What policies have come to, by version, live and by week
         * @description An invoice counts for the version that collects it, or did last; what was done counts for the version by which it was decided. Weeks are in UTC.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getPolicyResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Published policy versions, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listPolicies"];
        put?: never;
        /**
         * Publish a policy version
         * @description A published version never changes. Invoices under way stay, move or restart.
         *
         *     Roles: admin, credit-manager. API key scope: `admin`.
         */
        post: operations["publishPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The JSON Schema of a policy document
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getPolicySchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/active": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The policy that new invoices are collected under
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getActivePolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One policy version
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getPolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a draft, publishing nothing
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["checkPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a published version in force
         * @description Invoices that are assigned to its policy come under it from now on, and so do new ones to which nothing else is assigned. Invoices under way stay, move or restart.
         *
         *     Roles: admin, credit-manager. API key scope: `admin`.
         */
        post: operations["activatePolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a policy would do on this ledger over the next days
         * @description The runs of segments are lived through beside it. Nobody pays, and no invoice is added.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["simulatePolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Imports, newest first
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        get: operations["listImports"];
        put?: never;
        /**
         * Upload a CSV file; answers with its columns and a suggested mapping
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        post: operations["uploadImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a file of a kind can hold
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        get: operations["listImportFields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One import with its progress
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        get: operations["getImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run it in the background, or try it without writing anything
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        post: operations["runImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Its bad rows, by line
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        get: operations["listImportErrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/import-mappings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Saved mappings
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        get: operations["listImportMappings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/import-mappings/{kind}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Save a mapping under a name
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        put: operations["saveImportMapping"];
        post?: never;
        /**
         * Forget a saved mapping
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        delete: operations["deleteImportMapping"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is open, what is overdue, what happens today and next
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Customers and invoices by name, number or external id
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audit trail, newest first
         * @description Roles: admin, credit-manager. API key scope: `admin`.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recompute the chain of hashes and find changed or missing rows
         * @description Roles: admin, credit-manager. API key scope: `admin`.
         */
        post: operations["verifyAudit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The deployment's clock
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getClock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clock/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Advance a manual clock to an instant, through every milestone on the way
         * @description Roles: admin. API key scope: `admin`.
         */
        post: operations["advanceClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clock/play": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a manual clock run
         * @description Roles: admin. API key scope: `admin`.
         */
        post: operations["playClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clock/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a manual clock where it is
         * @description It no longer plays, and an advance ends at the milestone that it has come to.
         *
         *     Roles: admin. API key scope: `admin`.
         */
        post: operations["pauseClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Business units
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listBusinessUnits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-units/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Add or rename a business unit
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        put: operations["putBusinessUnit"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/custom-fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Custom fields
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listCustomFields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/custom-fields/{entity}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Add a custom field, or change its label
         * @description Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        put: operations["putCustomField"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/promises": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Promises to pay, the latest promised day first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listPromises"];
        put?: never;
        /**
         * Record a promise to pay
         * @description What is promised is not asked for until the end of the promised day. It takes over the promises that run on the same invoices. One with an external id that is known already changes nothing.
         *
         *     Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["recordPromise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/promises/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One promise
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getPromise"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/promises/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a promise that runs
         * @description Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["withdrawPromise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/promise-kept-rate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How much of what a customer promised came as promised, for each currency
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getKeptRates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Disputes, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listDisputes"];
        put?: never;
        /**
         * Open a dispute
         * @description The disputed amount is not asked for until the dispute is resolved; the rest of the invoice is. One with an external id that is known already changes nothing.
         *
         *     Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["openDispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One dispute, with its notes and files
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getDispute"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a dispute to a person
         * @description Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["assignDispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{id}/deadline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a dispute that is open another deadline
         * @description Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["setDisputeDeadline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write a note on a dispute
         * @description Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["addDisputeNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep a file with a dispute
         * @description The body is the file itself, at most 10 MB: a PDF, a PNG or JPEG picture, or plain text. What it is, is told from its content.
         *
         *     Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["addDisputeFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{id}/files/{fileId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file of a dispute, to be saved, never shown
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getDisputeFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resolve a dispute: valid and split issue a credit note
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["resolveDispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tasks, the most urgent first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listTasks"];
        put?: never;
        /**
         * Give people a task by hand
         * @description With a template, what is left out is as the template says.
         *
         *     Roles: admin, credit-manager, collector, sales. API key scope: `collections:write`.
         */
        post: operations["createTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Queues, with what waits in them
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listTaskQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One task
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a task
         * @description Roles: admin, credit-manager, collector, sales. API key scope: `collections:write`.
         */
        post: operations["claimTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a task back to its queue
         * @description Roles: admin, credit-manager, collector, sales. API key scope: `collections:write`.
         */
        post: operations["releaseTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close a task with what came of it
         * @description The outcome does what follows from it: a call again, a promise, a dispute, a pause until a payment has come, another number to be found.
         *
         *     Roles: admin, credit-manager, collector, sales. API key scope: `collections:write`.
         */
        post: operations["completeTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/reassign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a task to a person or to another queue
         * @description Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["reassignTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/reassign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give up to 500 tasks to a person or to another queue
         * @description Tasks that are closed meanwhile are passed over.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["reassignTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/task-queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Queues with their people and rules, by name
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listQueueSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/task-queues/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set up a queue: its people, how tasks are given out, where overdue ones go
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        put: operations["putQueue"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/task-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Task templates, by name
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listTaskTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/task-templates/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make or change a task template
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        put: operations["putTaskTemplate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Templates of messages, by title
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listTemplates"];
        put?: never;
        /**
         * Begin a template
         * @description It is sent once it is published.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["createTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A template with its draft, its versions and the fields that it may use
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getTemplate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write the draft, or drop it
         * @description A draft may be wrong; publishing it is refused then.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["saveTemplateDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish the draft as the next version
         * @description A published version never changes. Messages that are handed over from now on are written with it.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["publishTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check words that are being written, and show them on a real customer
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["previewTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the words to oneself, marked as a test
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["sendTemplateTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Drafts that are being worked on, the latest touched first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listPolicyDrafts"];
        put?: never;
        /**
         * Begin a draft
         * @description From a published version, whose text it takes with the next free version number, or from a text of its own.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["createPolicyDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One draft, checked
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getPolicyDraft"];
        put?: never;
        post?: never;
        /**
         * Discard a draft
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        delete: operations["discardPolicyDraft"];
        options?: never;
        head?: never;
        /**
         * Write another text of a draft
         * @description A wrong text is kept too: `errors` says what is wrong with it.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        patch: operations["changePolicyDraft"];
        trace?: never;
    };
    "/policy-drafts/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish a draft
         * @description A published version never changes. Invoices that are assigned to its policy come under it from now on. Invoices under way on the versions of the same policy stay, move or restart.
         *
         *     Roles: admin, credit-manager. API key scope: `admin`.
         */
        post: operations["publishPolicyDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to work out what a draft would do on this ledger, beside what is done today
         * @description Every invoice under way on the same policy, or on that of the base, is taken as moved to the draft by the rules given; runs of segments are lived through beside both. Nobody pays meanwhile, nothing is sent, and no invoice is added.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["startPolicyPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-previews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A preview: how far it is, and what it found
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        get: operations["getPolicyPreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-previews/{id}/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * For whom a draft makes a difference, the largest first
         * @description Empty until the preview is done.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        get: operations["listPolicyPreviewCustomers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/{id}/differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is different in this version, in words
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["comparePolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-migrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Moves of invoices to another policy version, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listPolicyMigrations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-migrations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One move, with what it did by step
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getPolicyMigration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-migrations/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a move before its next page
         * @description Roles: admin, credit-manager. API key scope: `admin`.
         */
        post: operations["pausePolicyMigration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-migrations/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on with a paused move
         * @description Roles: admin, credit-manager. API key scope: `admin`.
         */
        post: operations["resumePolicyMigration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-migrations/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a move for good
         * @description Invoices that have moved stay where they are now; the others stay where they were.
         *
         *     Roles: admin, credit-manager. API key scope: `admin`.
         */
        post: operations["stopPolicyMigration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Automations, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listAutomations"];
        put?: never;
        /**
         * Create an automation, switched off
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["createAutomation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One automation in its newest version
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getAutomation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automations/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Save an edit as the next version
         * @description Where the automation is on, the new version takes over; what waits to fire fires in the version that heard of it.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["editAutomation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automations/{id}/switch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch an automation on or off
         * @description Switched off, it stops what waits to fire as well: those firings end as suppressed.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["switchAutomation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automations/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How often it would have fired in the last 90 days, and for whom
         * @description Writes nothing. Balances are as they were at each event; other fields as they are now.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        post: operations["dryRunAutomation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automations/{id}/firings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an automation has heard of and done, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listFirings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which policy collects whose invoices, in the order in which it is decided
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listPolicyAssignments"];
        put?: never;
        /**
         * Assign a policy to an invoice, a customer or a segment
         * @description In place of what was assigned to it before.
         *
         *     Roles: admin, credit-manager. API key scope: `admin`.
         */
        post: operations["assignPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-precedence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What decides before what, for whom nothing is said, and what was changed last
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getPolicyPrecedence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-assignments/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an assignment away: what is weaker decides from now on
         * @description Roles: admin, credit-manager. API key scope: `admin`.
         */
        post: operations["removePolicyAssignment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices/{id}/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which policy an invoice comes under, and who says so
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["explainPolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Campaigns, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listCampaigns"];
        put?: never;
        /**
         * Draft a campaign
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["createCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One campaign
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getCampaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a draft
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        patch: operations["editCampaign"];
        trace?: never;
    };
    "/campaigns/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a launch would come to now: who joins, what they owe, who is left alone and why, and when the first step is taken
         * @description By the code that a run goes by, on the ledger as it is now. Writes nothing.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["previewCampaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/preview/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who would join a campaign now, and what would become of each
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listPreviewedCustomers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/launch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Launch a draft: from here on it cannot change
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["launchCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause: nothing more is queued until it is resumed
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["pauseCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["resumeCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop for good
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["stopCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/end-experiment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End an experiment on policies, and say what becomes of its customers
         * @description stay: each keeps the policy that it was drawn for. go-back: what would decide without the experiment decides again, and what is under way is moved without repeating anything. Outcomes count as far as they had come.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["endExperiment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a run has come to, live
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getCampaignResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is in a run, and how far
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listCampaignMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What customers wrote back, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listReplies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/replies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One reply, as text
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getReply"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/replies/{id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what a reply is: accept what the classifier makes of it, or correct it; what follows is done
         * @description Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["decideReply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/replies/{id}/attachments/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An attachment, to be saved
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getReplyAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/unsubscribe/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page behind an unsubscribe link: it asks first, and changes nothing
         * @description Open to all.
         */
        get: operations["showUnsubscribe"];
        put?: never;
        /**
         * One-click unsubscribe (RFC 8058), as mail programs post it
         * @description Whatever the body. A browser is answered with a page.
         *
         *     Open to all.
         */
        post: operations["unsubscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mail-opt-outs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Addresses that want no mail beyond what is owed
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listOptOuts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mail-opt-outs/{email}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Write to an address again, as its owner asked
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        delete: operations["removeOptOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/segments/{id}/collection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who collects the invoices of a segment’s members
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getSegmentCollection"];
        /**
         * Collect the invoices of a segment’s members in batches, or by a workflow each
         * @description What is decided is the same. An invoice that is disputed, promised, awaiting approval or paused by hand keeps a workflow of its own while it is. It takes effect within seconds, also in the middle of a ladder.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        put: operations["setSegmentCollection"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/segments/{id}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * When a segment writes to its customers, and what its runs came to
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getSegmentSchedule"];
        /**
         * Say when a segment writes to its customers, and about what
         * @description With `consolidated` its customers get no email about single invoices any more, save what they expect, such as the invoice itself.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        put: operations["setSegmentSchedule"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/segments/{id}/schedule/control": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause, resume, run now, or skip the next run
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["controlSegmentRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/segments/{id}/schedule/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the next run would do to the first 200 members, as the ledger is now
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["previewSegmentRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/segments/{id}/runs/{run}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why each member was or was not written to in a run
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listSegmentRunDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/segment-decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the runs of segments came to for a customer, and why, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listCustomerRunDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Segments by title
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listSegments"];
        put?: never;
        /**
         * Make a segment
         * @description Its members are found within seconds, and followed from then on.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["createSegment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/segments/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whom a condition selects now, saving nothing
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        post: operations["previewSegment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/segments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One segment
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getSegment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a segment, or archive it
         * @description Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        patch: operations["updateSegment"];
        trace?: never;
    };
    "/segments/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is in a segment, and why
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listSegmentMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/segments/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who joined and left, and why, newest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listSegmentHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The segments that a customer is in, and how it pays
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["getCustomerSegments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conditions/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What conditions can ask about
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listConditionFields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conditions/describe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A condition in words, or what is wrong with it and where
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["describeCondition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Statements of account that a customer was sent, the latest first
         * @description Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["listStatements"];
        put?: never;
        /**
         * Send a customer its statement of account now
         * @description It leaves at once, also outside send windows and while collection is paused. A customer who is not to be contacted gets none, and there is one for each day and state of the account.
         *
         *     Roles: admin, credit-manager, collector. API key scope: `collections:write`.
         */
        post: operations["sendStatement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A statement of account as a PDF, sending nothing
         * @description That of today is the one that would be sent. That of an earlier day is worked out by dates, without what is disputed or promised now.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["previewStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notice-mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Emails to the people who work here, newest first
         * @description What left for whom of mentions, what groups are told, tasks, bounced addresses and approvals, for those who want it by email.
         *
         *     Roles: admin. API key scope: `admin`.
         */
        get: operations["listNoticeMails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notice-mails/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One email to somebody who works here, with what it says
         * @description Roles: admin. API key scope: `admin`.
         */
        get: operations["getNoticeMail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notice-mails/{id}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say whether an email to somebody who works here was sent
         * @description For those in state unknown, once a person has looked it up. After `not-sent` what was in it waits for the next mail to the same person, unless it is over by then.
         *
         *     Roles: admin. API key scope: `admin`.
         */
        post: operations["settleNoticeMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What waits for somebody to agree, and what was answered: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reference-rates.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reference rates that interest by law goes by, the newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportReferenceRates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/discounts/uptake.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of discounts: offered, taken, lost, what they cost and the days they gained: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportDiscountUptake"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Users: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin. API key scope: `admin`.
         */
        get: operations["exportUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * API keys, revoked ones included: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin. API key scope: `admin`.
         */
        get: operations["exportApiKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Customers with their balances: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportCustomers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/timeline.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that happened with a customer, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/issue-types.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Kinds of entries on a timeline, by label: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportIssueTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invoices.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Invoices by state, age, customer and stage: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportInvoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Payments, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportPayments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/refunds.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Refunds, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportRefunds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credit-notes.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Credit notes, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportCreditNotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/decisions.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every decision made, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/suppressed-addresses.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Addresses that no email is sent to: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportSuppressedAddresses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where events are sent: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin. API key scope: `admin`.
         */
        get: operations["exportWebhookEndpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/deliveries.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was sent there: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin. API key scope: `admin`.
         */
        get: operations["exportWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Holds, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/handoffs.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Invoices handed to an agency, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportHandoffs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Notifications, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Published policy versions, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Imports, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        get: operations["exportImports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{id}/errors.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Its bad rows, by line: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager. API key scope: `ledger:write`.
         */
        get: operations["exportImportErrors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audit trail, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager. API key scope: `admin`.
         */
        get: operations["exportAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/promises.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Promises to pay, the latest promised day first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportPromises"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Disputes, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportDisputes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tasks, the most urgent first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/task-queues.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Queues with their people and rules, by name: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportQueueSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/task-templates.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Task templates, by name: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportTaskTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Templates of messages, by title: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Drafts that are being worked on, the latest touched first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportPolicyDrafts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-previews/{id}/customers.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * For whom a draft makes a difference, the largest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager. API key scope: `collections:write`.
         */
        get: operations["exportPolicyPreviewCustomers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-migrations.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Moves of invoices to another policy version, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportPolicyMigrations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automations.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Automations, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportAutomations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automations/{id}/firings.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an automation has heard of and done, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportFirings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-assignments.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which policy collects whose invoices, in the order in which it is decided: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportPolicyAssignments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Campaigns, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportCampaigns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/preview/customers.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who would join a campaign now, and what would become of each: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportPreviewedCustomers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/members.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is in a run, and how far: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportCampaignMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/replies.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What customers wrote back, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportReplies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mail-opt-outs.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Addresses that want no mail beyond what is owed: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportOptOuts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/segments/{id}/runs/{run}/decisions.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why each member was or was not written to in a run: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportSegmentRunDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/segment-decisions.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the runs of segments came to for a customer, and why, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportCustomerRunDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/segments.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Segments by title: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportSegments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/segments/{id}/members.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is in a segment, and why: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportSegmentMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/segments/{id}/history.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who joined and left, and why, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportSegmentHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/statements.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Statements of account that a customer was sent, the latest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin, credit-manager, collector, sales, viewer. API key scope: `read`.
         */
        get: operations["exportStatements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notice-mails.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Emails to the people who work here, newest first: as a CSV file
         * @description All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.
         *
         *     Roles: admin. API key scope: `admin`.
         */
        get: operations["exportNoticeMails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @enum {string} */
        AgingBucket: "not-due" | "1-30" | "31-60" | "61-90" | "91-120" | "120+";
        ApiKey: {
            id: number;
            name: string;
            /** @description The first characters, to recognise it by */
            prefix: string;
            scopes: components["schemas"]["Scope"][];
            createdBy: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            createdAt: string;
            lastUsedAt: string | null;
            expiresAt: string | null;
            revokedAt: string | null;
        };
        ApiKeyPage: {
            items: components["schemas"]["ApiKey"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        Application: {
            id: number;
            /** @enum {string} */
            kind: "payment" | "credit-note" | "write-off" | "discount";
            sourceId: number;
            sourceExternalId: string;
            /** @description An amount in minor units of the currency */
            amountMinor: number;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            appliedAt: string;
            reversedAt: string | null;
            /** @description The refund that took it back */
            refundExternalId: string | null;
        };
        Applications: {
            items: components["schemas"]["Application"][];
        };
        AppliedTo: {
            invoiceId: number;
            invoiceExternalId: string;
            invoiceNumber: string;
            /** @description An amount in minor units of the currency */
            amountMinor: number;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            appliedAt: string;
            reversedAt: string | null;
        };
        ApplyInput: {
            applications: {
                /** @description The id in the system it comes from */
                invoiceExternalId: string;
                /** @description An amount in minor units of the currency, above zero */
                amountMinor: number;
            }[];
        };
        Approval: {
            id: number;
            kind: components["schemas"]["ApprovalKind"];
            customerId: number;
            customerName: string;
            invoiceId: number;
            invoiceNumber: string;
            /** @description The step of the policy; null: a person or an automation asked */
            step: string | null;
            /** @description The automation that asked; null: another did */
            automationId: number | null;
            automationTitle: string | null;
            /**
             * @description Who has to agree
             * @enum {string}
             */
            role: "credit-manager" | "admin";
            /** @description To be written off, or what was open when it was asked for */
            amountMinor: number;
            /** @description Open now */
            openMinor: number;
            currency: string;
            state: components["schemas"]["ApprovalState"];
            reason: string | null;
            requestedBy: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            requestedAt: string;
            /** @description When it is decided without an answer; null: never */
            dueAt: string | null;
            escalatedAt: string | null;
            answeredBy: string | null;
            answeredAt: string | null;
            answer: string | null;
            /** @description What came of it */
            outcome: string | null;
        };
        /** @enum {string} */
        ApprovalKind: "hold" | "handoff" | "write-off";
        ApprovalPage: {
            items: components["schemas"]["Approval"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        /** @enum {string} */
        ApprovalState: "pending" | "approved" | "refused" | "withdrawn" | "timed-out";
        AuditEntry: {
            id: number;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            at: string;
            /** @enum {string} */
            actorKind: "user" | "api-key" | "system";
            actorId: string;
            actorName: string;
            action: string;
            subjectType: string;
            subjectId: string;
            before?: unknown;
            after?: unknown;
            hash: string;
        };
        AuditPage: {
            items: components["schemas"]["AuditEntry"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        AuditVerification: {
            valid: boolean;
            entries: number;
            problems: {
                id: number;
                problem: string;
            }[];
        };
        Automation: {
            id: number;
            key: string;
            active: boolean;
            /** @description The newest */
            version: number;
            document: components["schemas"]["AutomationDocument"];
            /** @description When it fires, in words */
            description: string;
            editedBy: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            editedAt: string;
            fired: number;
            waiting: number;
            lastFiredAt: string | null;
            /** @description Sent as ETag too; give it back in If-Match when editing */
            rowVersion: number;
        };
        AutomationDocument: {
            title: string;
            trigger: {
                /** @enum {string} */
                kind: "invoice.created" | "invoice.due" | "invoice.overdue" | "invoice.settled" | "invoice.written-off" | "payment.received" | "payment.partial" | "payment.reversed" | "payment.charged-back" | "payment.refunded" | "credit-note.received" | "promise.made" | "promise.kept" | "promise.broken" | "discount.offered" | "discount.honoured" | "discount.taken-back" | "dispute.opened" | "dispute.resolved" | "email.bounced" | "email.complained" | "email.opened" | "email.clicked" | "email.replied" | "reply.classified" | "segment.joined" | "segment.left" | "policy.assigned" | "task.overdue" | "limit.exceeded";
                /**
                 * @description Of invoice.overdue: on which day past due
                 * @default null
                 */
                days?: number | null;
            };
            /**
             * @description null: always
             * @default null
             */
            when?: components["schemas"]["condition"] | null;
            actions: ({
                /** @constant */
                kind: "email";
                template: string;
                /**
                 * @default [
                 *       "billing"
                 *     ]
                 */
                to?: ("billing" | "escalation" | "leadership")[];
                /** @default false */
                attachInvoice?: boolean;
            } | {
                /** @constant */
                kind: "task";
                queue: string;
                /** @description May hold {customer} and other fields of a task */
                title: string;
                /** @default null */
                instructions?: string | null;
                /** @default 1 */
                dueInDays?: number;
                /**
                 * @description A task template: its instructions where none are given here, its priority and its outcomes
                 * @default null
                 */
                template?: string | null;
            } | {
                /** @constant */
                kind: "notify";
                audience: string;
                title: string;
            } | {
                /** @constant */
                kind: "leadership";
                title: string;
                /** @default null */
                text?: string | null;
                /** @default internal-notice */
                template?: string;
                /**
                 * @description The owner of the customer's account, that person's manager, all of a role, or addresses
                 * @default [
                 *       "owner-manager"
                 *     ]
                 */
                to?: (("owner" | "owner-manager" | "admin" | "credit-manager" | "collector" | "sales" | "viewer") | string)[];
            } | {
                /** @constant */
                kind: "hold";
                /** @enum {string} */
                hold: "credit" | "pause-work" | "lock-out";
                /** @description Tell the customer when the hold is released */
                releaseNotice?: {
                    /** @description The template of the email sent when the hold is released */
                    template: string;
                    /** @description To which contacts of the customer; billing when not said */
                    to?: ("billing" | "escalation" | "leadership")[];
                };
                /** @description Somebody has to agree first */
                approval?: {
                    /**
                     * @description Who has to agree; credit-manager when not said
                     * @enum {string}
                     */
                    by?: "credit-manager" | "admin";
                    /** @description Days until it is decided without an answer; 5 when not said */
                    timeoutDays?: number;
                    /**
                     * @description What happens then; skip when not said
                     * @enum {string}
                     */
                    onTimeout?: "proceed" | "skip" | "escalate";
                };
            } | {
                /** @constant */
                kind: "pause";
                /**
                 * @description null: until a person resumes it
                 * @default null
                 */
                days?: number | null;
            } | {
                /** @constant */
                kind: "escalate";
                queue: string;
                title: string;
                /**
                 * @description Who is told besides
                 * @default credit-manager
                 */
                audience?: string;
            } | {
                /** @constant */
                kind: "charge";
                charge: {
                    /** @constant */
                    kind: "fixed";
                    /** @description By currency, as in {"USD": "40.00"} */
                    amounts: {
                        [key: string]: string;
                    };
                } | {
                    /** @constant */
                    kind: "percent";
                    /** @description Of what is open and undisputed */
                    percent: string;
                } | {
                    /** @constant */
                    kind: "interest";
                    /** @description A year, by contract */
                    percent: string;
                    /** @enum {string} */
                    dayCount: "actual/360" | "actual/365" | "actual/actual" | "30/360";
                } | {
                    /** @constant */
                    kind: "statutory";
                    /** @enum {string} */
                    preset: "eu" | "de" | "uk";
                };
            } | {
                /** @constant */
                kind: "assign-policy";
                /** @description By name; the version that is in force */
                policy: string;
                /**
                 * @description The invoice alone, or all that the customer owes
                 * @default invoice
                 * @enum {string}
                 */
                of?: "invoice" | "customer";
            } | {
                /** @constant */
                kind: "handoff";
                /** @default null */
                agency?: string | null;
                /** @description Somebody has to agree first */
                approval?: {
                    /**
                     * @description Who has to agree; credit-manager when not said
                     * @enum {string}
                     */
                    by?: "credit-manager" | "admin";
                    /** @description Days until it is decided without an answer; 5 when not said */
                    timeoutDays?: number;
                    /**
                     * @description What happens then; skip when not said
                     * @enum {string}
                     */
                    onTimeout?: "proceed" | "skip" | "escalate";
                };
            } | {
                /** @constant */
                kind: "discount";
                discount: {
                    percent?: string;
                    /** @description By currency, as in {"USD": "25.00"} */
                    fixed?: {
                        [key: string]: string;
                    };
                    /** @description A payment received until the end of so many days later, where the customer is, meets it */
                    forDays: number;
                };
            } | {
                /** @constant */
                kind: "webhook";
            })[];
            /**
             * @description It fires at most so often for one customer in any so many days
             * @default {
             *       "firings": 1,
             *       "days": 7
             *     }
             */
            limit?: {
                firings: number;
                days: number;
            };
        };
        AutomationDryRun: {
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            from: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            to: string;
            events: number;
            /** @description More happened than were looked at */
            isCut: boolean;
            fired: number;
            /** @description Of those that fire: how often it would ask for approval first */
            asked: number;
            notMet: number;
            bounded: number;
            customers: number;
            /** @description The newest 200 */
            firings: {
                /**
                 * Format: date-time
                 * @description An instant, ISO 8601 with a zone
                 */
                at: string;
                customerId: number;
                customerName: string;
                invoiceId: number | null;
                invoiceNumber: string | null;
                reason: string;
                /** @description Who would be asked to agree first; null: nobody */
                asks: ("credit-manager" | "admin") | null;
            }[];
        };
        AutomationFiring: {
            id: number;
            version: number;
            event: components["schemas"]["EventKind"];
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            eventAt: string;
            depth: number;
            state: components["schemas"]["FiringState"];
            decidedAt: string | null;
            /** @description It waits, for the send window or between contacts */
            notBefore: string | null;
            reason: string | null;
            /** @description What the condition saw */
            inputs: {
                [key: string]: string | number | boolean | null;
            };
            actions: {
                kind: string;
                /** @enum {string} */
                outcome: "done" | "withheld";
                detail: string;
            }[];
            /** @description What became of the approval that it asked for; null: none */
            approval: components["schemas"]["ApprovalState"] | null;
            customerId: number;
            customerName: string;
            invoiceId: number | null;
            invoiceNumber: string | null;
        };
        AutomationFiringPage: {
            items: components["schemas"]["AutomationFiring"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        AutomationPage: {
            items: components["schemas"]["Automation"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        BulkResult: {
            results: {
                index: number;
                externalId: string;
                /** @enum {string} */
                outcome: "created" | "updated" | "unchanged" | "rejected";
                id: number | null;
                errors: {
                    path: string;
                    message: string;
                }[];
            }[];
            counts: {
                created: number;
                updated: number;
                unchanged: number;
                rejected: number;
            };
        };
        BusinessUnit: {
            id: number;
            code: string;
            name: string;
        };
        BusinessUnits: {
            items: components["schemas"]["BusinessUnit"][];
        };
        Campaign: {
            id: number;
            key: string;
            state: components["schemas"]["CampaignState"];
            document: components["schemas"]["CampaignDocument"];
            /** @description In words */
            audience: string;
            nextRunAt: string | null;
            createdBy: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            createdAt: string;
            /** @description Sent as ETag too; give it back in If-Match when editing */
            rowVersion: number;
            /** @description An experiment on policies that a person has ended */
            experimentEnded: {
                /**
                 * Format: date-time
                 * @description An instant, ISO 8601 with a zone
                 */
                at: string;
                by: string;
                afterwards: components["schemas"]["ExperimentAfterwards"];
                reason: string;
            } | null;
            /** @description Newest first */
            runs: {
                id: number;
                run: number;
                /** @enum {string} */
                state: "running" | "paused" | "stopped" | "done";
                /**
                 * Format: date-time
                 * @description An instant, ISO 8601 with a zone
                 */
                startedAt: string;
                endedAt: string | null;
                problem: string | null;
                members: number;
            }[];
        };
        CampaignDocument: {
            title: string;
            audience: {
                /** @default null */
                segment?: string | null;
                /**
                 * @description Holds on at least one of the customer's open invoices
                 * @default null
                 */
                when?: components["schemas"]["condition"] | null;
                /**
                 * @description frozen: those who are in it at the start; live: also those who come to be in it while it runs
                 * @default frozen
                 * @enum {string}
                 */
                mode?: "frozen" | "live";
            };
            schedule: {
                /** @constant */
                kind: "now";
            } | {
                /** @constant */
                kind: "at";
                /** Format: date-time */
                at: string;
            } | {
                /** @constant */
                kind: "yearly";
                month: number;
                /** @description At most 28, which every month has */
                day: number;
            } | {
                /** @constant */
                kind: "event";
                /** @enum {string} */
                event: "invoice.created" | "invoice.due" | "invoice.overdue" | "invoice.settled" | "invoice.written-off" | "payment.received" | "payment.partial" | "payment.reversed" | "payment.charged-back" | "payment.refunded" | "credit-note.received" | "promise.made" | "promise.kept" | "promise.broken" | "discount.offered" | "discount.honoured" | "discount.taken-back" | "dispute.opened" | "dispute.resolved" | "email.bounced" | "email.complained" | "email.opened" | "email.clicked" | "email.replied" | "reply.classified" | "segment.joined" | "segment.left" | "policy.assigned" | "task.overdue" | "limit.exceeded";
            };
            /** @description Empty only where variants are policies */
            steps: {
                id: string;
                /** @description Days after the step before it, or after joining */
                afterDays: number;
                action: {
                    /** @constant */
                    kind: "email";
                    template: string;
                    /**
                     * @default [
                     *       "billing"
                     *     ]
                     */
                    to?: ("billing" | "escalation" | "leadership")[];
                    /**
                     * @description Offered on each invoice that the email lists, and taken off by the ledger when payments meet it in time
                     * @default null
                     */
                    discount?: {
                        percent?: string;
                        /** @description By currency, as in {"USD": "25.00"} */
                        fixed?: {
                            [key: string]: string;
                        };
                        /** @description A payment received until the end of so many days later, where the customer is, meets it */
                        forDays: number;
                    } | null;
                } | {
                    /** @constant */
                    kind: "task";
                    queue: string;
                    /** @description May hold {customer} and other fields of a task */
                    title: string;
                    /** @default null */
                    instructions?: string | null;
                    /** @default 1 */
                    dueInDays?: number;
                    /**
                     * @description A task template: its instructions where none are given here, its priority and its outcomes
                     * @default null
                     */
                    template?: string | null;
                } | {
                    /** @constant */
                    kind: "escalate";
                    /**
                     * @description Written to the customer's escalation contacts; null: nobody is written to
                     * @default null
                     */
                    template?: string | null;
                    /**
                     * @description An urgent one
                     * @default null
                     */
                    task?: {
                        queue: string;
                        title: string;
                        /** @default 0 */
                        dueInDays?: number;
                    } | null;
                    /**
                     * @description Who is told besides: a role or a queue
                     * @default null
                     */
                    audience?: string | null;
                };
            }[];
            /** @default null */
            experiment?: {
                holdoutPercent: number;
                /** @default [] */
                variants?: {
                    name: string;
                    percent: number;
                    /**
                     * @description By step: the template that this variant sends in place of the step's own
                     * @default {}
                     */
                    templates?: {
                        [key: string]: string;
                    };
                    /**
                     * @description By step: what this variant offers in place of what the step does; null: nothing
                     * @default {}
                     */
                    discounts?: {
                        [key: string]: {
                            percent?: string;
                            /** @description By currency, as in {"USD": "25.00"} */
                            fixed?: {
                                [key: string]: string;
                            };
                            /** @description A payment received until the end of so many days later, where the customer is, meets it */
                            forDays: number;
                        } | null;
                    };
                    /**
                     * @description By name: the policy by which the customers of this variant are collected from joining on; null: as before
                     * @default null
                     */
                    policy?: string | null;
                }[];
                /** @description A customer's outcome counts so many days after joining */
                horizonDays: number;
            } | null;
        };
        CampaignMember: {
            customerId: number;
            customerName: string;
            group: string;
            state: components["schemas"]["CampaignMemberState"];
            reason: string | null;
            step: number;
            nextAt: string | null;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            joinedAt: string;
        };
        CampaignMemberPage: {
            items: components["schemas"]["CampaignMember"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        /** @enum {string} */
        CampaignMemberState: "active" | "stopped" | "done" | "held-out";
        CampaignPage: {
            items: components["schemas"]["Campaign"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        CampaignPreview: {
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            at: string;
            /**
             * Format: date-time
             * @description When its next run begins; now, where it is not launched and has no time of its own
             */
            startsAt: string;
            /**
             * @description events: it begins for each customer to whom its event happens; those to whom it happened in the last 30 days stand for them
             * @enum {string}
             */
            basis: "audience" | "events";
            /** @description What keeps it from being launched */
            problems: {
                path: string;
                message: string;
            }[];
            /** @description Members of its segment, whether or not they owe anything */
            inSegment: number | null;
            /** @description More than 100000 customers would join: these are the first */
            isCut: boolean;
            joins: number;
            /** @description For so many the first step is taken */
            acts: number;
            /** @description So many of these are written to */
            writes: number;
            /** @description Who joins and is left alone, and why, as things are now */
            leftOut: {
                /** @enum {string} */
                code: "paid" | "promised" | "disputed" | "replied" | "not-collected" | "void" | "settled" | "stopped" | "paused" | "unapplied-cash" | "no-address" | "address-suppressed" | "do-not-contact" | "window" | "spacing" | "cap";
                reason: string;
                customers: number;
            }[];
            groups: {
                group: string;
                percent: number;
                customers: number;
                acts: number;
                template: string | null;
                policy: string | null;
            }[];
            money: {
                currency: string;
                customers: number;
                /** @description An amount in minor units of the currency */
                openMinor: number;
                /** @description An amount in minor units of the currency */
                actsMinor: number;
                /** @description An amount in minor units of the currency */
                leftOutMinor: number;
                /** @description An amount in minor units of the currency */
                heldOutMinor: number;
            }[];
            firstStep: {
                id: string;
                /** @enum {string} */
                kind: "email" | "task" | "escalate";
                /** @description The days where the customers are */
                days: {
                    /**
                     * Format: date
                     * @description A calendar date, YYYY-MM-DD
                     */
                    on: string;
                    customers: number;
                }[];
            } | null;
        };
        CampaignPreviewedCustomer: {
            customerId: number;
            customerName: string;
            group: string;
            outcome: components["schemas"]["CampaignPreviewOutcome"];
            writes: boolean;
            at: string | null;
            on: string | null;
            code: ("paid" | "promised" | "disputed" | "replied" | "not-collected" | "void" | "settled" | "stopped" | "paused" | "unapplied-cash" | "no-address" | "address-suppressed" | "do-not-contact" | "window" | "spacing" | "cap") | null;
            reason: string | null;
            balances: {
                currency: string;
                /** @description An amount in minor units of the currency */
                openMinor: number;
            }[];
        };
        CampaignPreviewedCustomerPage: {
            items: components["schemas"]["CampaignPreviewedCustomer"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        /**
         * @description acts: the first step is taken for it. left-out: it joins, and the first step leaves it alone. held-out: drawn for the holdout. joins: the campaign has no step
         * @enum {string}
         */
        CampaignPreviewOutcome: "acts" | "left-out" | "held-out" | "joins";
        CampaignResults: {
            run: number;
            /** @enum {string} */
            state: "running" | "paused" | "stopped" | "done";
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            at: string;
            groups: {
                group: string;
                members: number;
                active: number;
                stopped: number;
                done: number;
                heldOut: number;
                queued: number;
                sent: number;
                delivered: number;
                opened: number;
                clicked: number;
                replied: number;
                promised: number;
                disputed: number;
                paid: number;
            }[];
            /** @description Open on joining, and what of it has been collected */
            money: {
                group: string;
                currency: string;
                /** @description An amount in minor units of the currency */
                openMinor: number;
                /** @description An amount in minor units of the currency */
                collectedMinor: number;
            }[];
            /** @description Collected on each day after joining */
            byDay: {
                day: number;
                group: string;
                currency: string;
                /** @description An amount in minor units of the currency */
                collectedMinor: number;
            }[];
            /** @description Of customers whose horizon is over, by currency, the main one first; intervals of differences are valid at any number of looks */
            experiments: {
                currency: string;
                /** @description The main currency: the one in which most customers owed something of those who had joined before any outcome counted. What is collected in it is all that declares a winner */
                isPrimary: boolean;
                control: string;
                /** @description Collects more than every other group, each of these differences settled */
                winner: string | null;
                verdict: string;
                /** @description Of each group, to find 5 cents in the dollar in 80 of 100 experiments */
                customersNeeded: number | null;
                groups: {
                    group: string;
                    customers: number;
                    /** @description How many more have to be through their horizon before anything can be declared of the group */
                    customersMissing: number;
                    collectedPerOpen: {
                        value: number;
                        low: number;
                        high: number;
                    } | null;
                    /** @description Until nothing of what was open on joining is open, whatever settled it */
                    daysToPay: {
                        value: number;
                        low: number;
                        high: number;
                    } | null;
                    collectedAgainstControl: {
                        difference: number;
                        low: number;
                        high: number;
                        /** @description Settled, at whatever moment one looks: only ever what is collected in the main currency */
                        decided: boolean;
                    } | null;
                    daysAgainstControl: {
                        difference: number;
                        low: number;
                        high: number;
                        /** @description Settled, at whatever moment one looks: only ever what is collected in the main currency */
                        decided: boolean;
                    } | null;
                }[];
                /** @description Each pair of groups without the control */
                variantPairs: {
                    group: string;
                    against: string;
                    collected: {
                        difference: number;
                        low: number;
                        high: number;
                        /** @description Settled, at whatever moment one looks: only ever what is collected in the main currency */
                        decided: boolean;
                    } | null;
                    days: {
                        difference: number;
                        low: number;
                        high: number;
                        /** @description Settled, at whatever moment one looks: only ever what is collected in the main currency */
                        decided: boolean;
                    } | null;
                }[];
            }[];
        };
        /** @enum {string} */
        CampaignState: "draft" | "launched" | "ended";
        Charge: {
            id: number;
            invoiceId: number;
            /** @enum {string} */
            kind: "late-fee" | "interest" | "compensation";
            /** @description An amount in minor units of the currency */
            amountMinor: number;
            /** @description What is neither paid nor waived of it */
            openMinor: number;
            currency: string;
            /** @description Interest: the first day it is for */
            fromOn: string | null;
            toOn: string | null;
            /** @description How it was worked out */
            basis: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            chargedAt: string;
            chargedBy: string;
            waivedAt: string | null;
            waivedBy: string | null;
            waiveReason: string | null;
        };
        ChargeRule: {
            /** @constant */
            kind: "fixed";
            /** @description An amount in minor units of the currency, above zero */
            amountMinor: number;
        } | {
            /** @constant */
            kind: "percent";
            /** @description Of what is open and undisputed */
            percent: string;
        } | {
            /** @constant */
            kind: "interest";
            /** @description A year, by contract */
            percent: string;
            /** @enum {string} */
            dayCount: "actual/360" | "actual/365" | "actual/actual" | "30/360";
        } | {
            /** @constant */
            kind: "statutory";
            /**
             * @description In the United States only a contract gives interest
             * @enum {string}
             */
            preset: "eu" | "de" | "uk";
        };
        Charges: {
            items: components["schemas"]["Charge"][];
        };
        /** @enum {string} */
        ClaimSource: "call" | "reply" | "api" | "portal";
        Clock: {
            /** @enum {string} */
            mode: "real" | "manual";
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            now: string;
            /** @description Advancing until then */
            target: string | null;
            advancing: boolean;
            /** @description null: not playing */
            playHoursPerSecond: number | null;
            /** @description On a manual clock: what still moves at this instant; it goes on when there is none of it */
            waitingFor: ("events" | "plans" | "steps" | "messages" | "segments" | "automations" | "campaigns")[];
        };
        CollectionSummary: {
            /** @enum {string} */
            state: "active" | "done";
            outcome: string | null;
            /** @description The last step that was executed or covered */
            stage: string | null;
            nextStep: string | null;
            nextAt: string | null;
            paused: boolean;
            pausedUntil: string | null;
            stopped: boolean;
            /** @description name@version */
            policyVersion: string;
        };
        /** @description When a step runs */
        condition: {
            /** @description Holds when every one of these holds */
            all?: components["schemas"]["condition"][];
            /** @description Holds when at least one of these holds */
            any?: components["schemas"]["condition"][];
            /** @description Holds when this does not */
            not?: components["schemas"]["condition"];
            /**
             * @description In a condition on a customer: how many of the open invoices fulfil `where`
             * @enum {string}
             */
            invoices?: "some" | "every" | "none";
            /** @description What is asked of each open invoice */
            where?: components["schemas"]["condition"];
            /** @description What is compared, as in invoice.balance */
            field?: string;
            /**
             * @description How it is compared
             * @enum {string}
             */
            op?: ">" | ">=" | "<" | "<=" | "=" | "!=" | "in" | "not-in" | "is-set";
            /** @description What the field is compared with */
            value?: string | number | boolean | (string | number)[] | {
                [key: string]: string;
            };
        } & (unknown | unknown | unknown | unknown | unknown);
        /** @description {all: […]}, {any: […]}, {not: …}, {invoices, where} or {field, op, value} */
        ConditionDocument: {
            [key: string]: unknown;
        };
        ConditionField: {
            name: string;
            title: string;
            /** @enum {string} */
            type: "money" | "number" | "share" | "text" | "set" | "date" | "custom";
            ops: (">" | ">=" | "<" | "<=" | "=" | "!=" | "in" | "not-in" | "is-set")[];
            choices?: string[];
            /** @description Other values than the choices may be meant */
            othersToo?: boolean;
            /**
             * @description No simulation knows it: no step of a policy may ask for it
             * @constant
             */
            notSimulated?: true;
            /**
             * @description Fields of an invoice stand in `where` in a condition on customers; those of an event are there where one sets off what the condition is of
             * @enum {string}
             */
            of: "invoice" | "customer" | "event";
        };
        ConditionFields: {
            items: components["schemas"]["ConditionField"][];
        };
        Contact: {
            id: number;
            customerId: number;
            role: components["schemas"]["ContactRole"];
            name: string | null;
            email: string;
            phone: string | null;
            /** @description Why no email is sent there: bounced, complained or by-hand */
            suppressed: string | null;
            /** @description A call found its number to be wrong */
            phoneWrong: boolean;
            /** @description Sent as ETag too; give it back in If-Match when editing */
            rowVersion: number;
        };
        ContactInput: {
            role?: components["schemas"]["ContactRole"];
            name?: string | null;
            /** Format: email */
            email: string;
            phone?: string | null;
        };
        /** @enum {string} */
        ContactRole: "billing" | "escalation" | "leadership";
        Contacts: {
            items: components["schemas"]["Contact"][];
        };
        ControlResult: {
            requestId: string;
            accepted: boolean;
            message: string;
            collection: components["schemas"]["CollectionSummary"] | null;
        };
        CreditLimit: {
            amountMinor: number;
            /** @description ISO 4217 code */
            currency: string;
        };
        CreditNote: {
            id: number;
            externalId: string;
            customerId: number;
            customerName: string;
            currency: string;
            /** @description An amount in minor units of the currency */
            amountMinor: number;
            /** @description An amount in minor units of the currency */
            appliedMinor: number;
            /** @description An amount in minor units of the currency */
            unappliedMinor: number;
            /**
             * Format: date
             * @description A calendar date, YYYY-MM-DD
             */
            issuedOn: string;
            reason: string | null;
            applications: components["schemas"]["AppliedTo"][];
        };
        CreditNoteInput: {
            /** @description The id in the system it comes from */
            externalId: string;
            /** @description May be left out where an invoice is named */
            customerExternalId?: string | null;
            /** @description The invoice that it settles, as far as it goes; without one all of it stays unapplied */
            invoiceExternalId?: string | null;
            /** @description ISO 4217 code */
            currency: string;
            /** @description An amount in minor units of the currency, above zero */
            amountMinor: number;
            /**
             * Format: date
             * @description A calendar date, YYYY-MM-DD
             */
            issuedOn: string;
            reason?: string | null;
        };
        CreditNoteListItem: {
            id: number;
            externalId: string;
            customerId: number;
            customerName: string;
            currency: string;
            /** @description An amount in minor units of the currency */
            amountMinor: number;
            /** @description An amount in minor units of the currency */
            appliedMinor: number;
            /** @description An amount in minor units of the currency */
            unappliedMinor: number;
            /**
             * Format: date
             * @description A calendar date, YYYY-MM-DD
             */
            issuedOn: string;
            reason: string | null;
        };
        CreditNotePage: {
            items: components["schemas"]["CreditNoteListItem"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        CurrencyBalance: {
            currency: string;
            /** @description An amount in minor units of the currency */
            openMinor: number;
            /** @description An amount in minor units of the currency */
            overdueMinor: number;
            /** @description Payments and credit notes not yet applied */
            unappliedMinor: number;
            openInvoices: number;
            overdueInvoices: number;
        };
        Customer: {
            id: number;
            externalId: string;
            name: string;
            country: string | null;
            language: string;
            timeZone: string;
            businessUnit: string | null;
            tier: string | null;
            doNotContact: boolean;
            paused: boolean;
            pausedUntil: string | null;
            /** @description Nothing more comes of any of its invoices, nor of new ones, until it is resumed */
            stopped: boolean;
            onHold: boolean;
            /** @description Whose account it is */
            owner: {
                id: number;
                name: string;
            } | null;
            balances: components["schemas"]["CurrencyBalance"][];
            region: string | null;
            termsDays: number | null;
            /** @description Typed custom fields by name */
            custom: {
                [key: string]: string | number | boolean | null;
            };
            contacts: components["schemas"]["Contact"][];
            lastContactOn: string | null;
            openTasks: number;
            /** @description Days after the due date before overdue steps count; null: as the policy says */
            graceDays: number | null;
            creditLimit: components["schemas"]["CreditLimit"] | null;
            /** @description Since when the customer owes more than its credit limit */
            limitExceededAt: string | null;
            ledgerVersion: number;
            /** @description Sent as ETag too; give it back in If-Match when editing */
            rowVersion: number;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            updatedAt: string;
        };
        CustomerInput: {
            /** @description The id in the system it comes from */
            externalId: string;
            name: string;
            /** @description An IANA time zone of the form Area/City */
            timeZone?: string;
            country?: string | null;
            region?: string | null;
            language?: string;
            businessUnit?: string | null;
            termsDays?: number | null;
            tier?: string | null;
            doNotContact?: boolean;
            /** @description Days after the due date before overdue steps count; null: as the policy says */
            graceDays?: number | null;
            creditLimit?: components["schemas"]["CreditLimit"] | null;
            /** @description Typed custom fields by name */
            custom?: {
                [key: string]: string | number | boolean | null;
            };
            /** @description When given, the whole list of contacts */
            contacts?: components["schemas"]["ContactInput"][];
        };
        CustomerListItem: {
            id: number;
            externalId: string;
            name: string;
            country: string | null;
            language: string;
            timeZone: string;
            businessUnit: string | null;
            tier: string | null;
            doNotContact: boolean;
            paused: boolean;
            pausedUntil: string | null;
            /** @description Nothing more comes of any of its invoices, nor of new ones, until it is resumed */
            stopped: boolean;
            onHold: boolean;
            /** @description Whose account it is */
            owner: {
                id: number;
                name: string;
            } | null;
            balances: components["schemas"]["CurrencyBalance"][];
        };
        CustomerPage: {
            items: components["schemas"]["CustomerListItem"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        CustomerPause: {
            paused: boolean;
            pausedUntil: string | null;
            stopped: boolean;
        };
        CustomerRunDecisionPage: {
            items: components["schemas"]["SegmentDecision"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        CustomerSegments: {
            behaviour: {
                /** @enum {string} */
                class: "new" | "prompt" | "slow" | "at-risk";
                reason: string;
            } | null;
            items: {
                segmentId: number;
                key: string;
                title: string;
                /**
                 * Format: date-time
                 * @description An instant, ISO 8601 with a zone
                 */
                joinedAt: string;
                reason: string;
            }[];
        };
        CustomField: {
            /** @enum {string} */
            entity: "customer" | "invoice";
            name: string;
            /** @enum {string} */
            type: "text" | "number" | "boolean" | "date";
            label: string | null;
        };
        CustomFields: {
            items: components["schemas"]["CustomField"][];
        };
        Decision: {
            id: number;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            at: string;
            /**
             * Format: date
             * @description A calendar date, YYYY-MM-DD
             */
            on: string;
            customerId: number;
            customer: string;
            customerName: string;
            invoiceId: number;
            invoice: string;
            invoiceNumber: string;
            step: string;
            action: string;
            occurrence: number;
            outcome: components["schemas"]["Outcome"];
            reasonCode: string;
            reason: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            plannedAt: string;
            until: string | null;
            coveredBy: string | null;
            /** @description An amount in minor units of the currency */
            openMinor: number;
            currency: string;
            ledgerVersion: number;
            policyVersion: string;
            inputs: {
                [key: string]: string | number | boolean | null;
            };
            messageId: string | null;
        };
        DecisionPage: {
            items: components["schemas"]["Decision"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        Decisions: {
            items: components["schemas"]["Decision"][];
        };
        DescribedCondition: {
            valid: boolean;
            text: string | null;
            errors: {
                path: string;
                message: string;
                allowed?: string;
            }[];
        };
        DiscountOffer: {
            id: number;
            invoiceId: number;
            /** @enum {string} */
            source: "policy" | "campaign" | "automation" | "person";
            sourceName: string;
            /** @description In words */
            terms: string;
            currency: string;
            /** @description What was open when it was offered */
            baseMinor: number;
            /** @description What is taken off of that */
            discountMinor: number;
            /**
             * Format: date
             * @description A payment received on it meets the offer still
             */
            lastDay: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            offeredAt: string;
            /** @enum {string} */
            state: "open" | "honoured" | "expired" | "withdrawn";
            /** @description What has been taken off: a part of it while a part of the invoice is disputed */
            honouredMinor: number | null;
            honouredAt: string | null;
            /** @description What can still be earned: so much is taken off if so much, which is all that is open and undisputed less that, is received in time */
            toEarn: {
                /** @description An amount in minor units of the currency */
                discountMinor: number;
                /** @description An amount in minor units of the currency */
                payMinor: number;
            } | null;
        };
        DiscountOffers: {
            items: components["schemas"]["DiscountOffer"][];
        };
        DiscountUptake: {
            /** @enum {string} */
            source: "policy" | "campaign" | "person";
            /** @description The step, the campaign or the person that offered them */
            sourceName: string;
            currency: string;
            offers: number;
            /** @description What was open on the invoices when it was offered */
            offeredOnMinor: number;
            open: number;
            taken: number;
            /** @description Their time was over before a payment met them */
            lost: number;
            /** @description Taken back, or another offer on the invoice was taken */
            withdrawn: number;
            /** @description What was taken off */
            takenMinor: number;
            /** @description What was paid on the invoices whose offers were taken */
            receivedMinor: number;
            /** @description From the due date to the last payment, weighted by amount; below zero is early */
            takenDays: number | null;
            /** @description The same of offers that were not taken, whose invoices were paid */
            lostDays: number | null;
            daysGained: number | null;
            comparedWith: ("not-taken" | "due-date") | null;
            /** @description takenMinor / receivedMinor × 365 / daysGained */
            yearlyCostPercent: number | null;
        };
        DiscountUptakePage: {
            items: components["schemas"]["DiscountUptake"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        Dispute: {
            id: number;
            externalId: string;
            customerId: number;
            customerName: string;
            invoiceId: number;
            invoiceNumber: string;
            currency: string;
            /** @description An amount in minor units of the currency */
            amountMinor: number;
            /** @description What is open on the invoice */
            openMinor: number;
            reason: components["schemas"]["DisputeReason"];
            detail: string | null;
            source: components["schemas"]["ClaimSource"];
            /** @enum {string} */
            state: "open" | "resolved";
            owner: {
                id: number;
                name: string;
            } | null;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            openedAt: string;
            openedBy: string;
            deadlineOn: string | null;
            late: boolean;
            escalatedAt: string | null;
            resolution: ("valid" | "invalid" | "split") | null;
            resolutionNote: string | null;
            /** @description An amount in minor units of the currency */
            creditedMinor: number;
            resolvedAt: string | null;
            resolvedBy: string | null;
            /** @description Sent as ETag too; give it back in If-Match when editing */
            rowVersion: number;
            notes: {
                id: number;
                author: string;
                body: string;
                /**
                 * Format: date-time
                 * @description An instant, ISO 8601 with a zone
                 */
                at: string;
            }[];
            files: {
                id: number;
                fileName: string;
                contentType: string;
                bytes: number;
                addedBy: string;
                /**
                 * Format: date-time
                 * @description An instant, ISO 8601 with a zone
                 */
                addedAt: string;
            }[];
        };
        DisputeInput: {
            /** @description The id in the system it comes from */
            externalId: string;
            /** @description The id in the system it comes from */
            invoiceExternalId: string;
            /** @description Left out: all that is open and not disputed yet */
            amountMinor?: number;
            reason: components["schemas"]["DisputeReason"];
            detail?: string | null;
            /** @default api */
            source?: components["schemas"]["ClaimSource"];
            ownerId?: number | null;
            /**
             * Format: date
             * @description Left out: in 14 days
             */
            deadlineOn?: string;
        };
        DisputeListItem: {
            id: number;
            externalId: string;
            customerId: number;
            customerName: string;
            invoiceId: number;
            invoiceNumber: string;
            currency: string;
            /** @description An amount in minor units of the currency */
            amountMinor: number;
            /** @description What is open on the invoice */
            openMinor: number;
            reason: components["schemas"]["DisputeReason"];
            detail: string | null;
            source: components["schemas"]["ClaimSource"];
            /** @enum {string} */
            state: "open" | "resolved";
            owner: {
                id: number;
                name: string;
            } | null;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            openedAt: string;
            openedBy: string;
            deadlineOn: string | null;
            late: boolean;
            escalatedAt: string | null;
            resolution: ("valid" | "invalid" | "split") | null;
            resolutionNote: string | null;
            /** @description An amount in minor units of the currency */
            creditedMinor: number;
            resolvedAt: string | null;
            resolvedBy: string | null;
            /** @description Sent as ETag too; give it back in If-Match when editing */
            rowVersion: number;
        };
        DisputePage: {
            items: components["schemas"]["DisputeListItem"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        /** @enum {string} */
        DisputeReason: "price" | "quantity" | "quality" | "not-delivered" | "not-ordered" | "duplicate" | "paid-already" | "terms" | "other";
        DisputeResolution: {
            /** @constant */
            resolution: "valid";
            note?: string;
        } | {
            /** @constant */
            resolution: "invalid";
            note?: string;
        } | {
            /** @constant */
            resolution: "split";
            /** @description An amount in minor units of the currency, above zero */
            creditMinor: number;
            note?: string;
        };
        /** @enum {string} */
        EventKind: "invoice.created" | "invoice.due" | "invoice.overdue" | "invoice.settled" | "invoice.written-off" | "payment.received" | "payment.partial" | "payment.reversed" | "payment.charged-back" | "payment.refunded" | "credit-note.received" | "promise.made" | "promise.kept" | "promise.broken" | "discount.offered" | "discount.honoured" | "discount.taken-back" | "dispute.opened" | "dispute.resolved" | "email.bounced" | "email.complained" | "email.opened" | "email.clicked" | "email.replied" | "reply.classified" | "segment.joined" | "segment.left" | "policy.assigned" | "task.overdue" | "limit.exceeded";
        /** @enum {string} */
        ExperimentAfterwards: "stay" | "go-back";
        /** @enum {string} */
        FiringState: "waiting" | "fired" | "not-met" | "bounded" | "suppressed" | "failed";
        Handoff: {
            id: number;
            customerId: number;
            customerName: string;
            invoiceId: number;
            invoiceNumber: string;
            agency: string | null;
            /** @description An amount in minor units of the currency */
            openMinor: number;
            currency: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            at: string;
        };
        HandoffPage: {
            items: components["schemas"]["Handoff"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        Hold: {
            id: number;
            kind: components["schemas"]["HoldKind"];
            customerId: number;
            customerName: string;
            invoiceId: number | null;
            invoiceNumber: string | null;
            step: string | null;
            reason: string | null;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            placedAt: string;
            placedBy: string;
            releasedAt: string | null;
            releasedBy: string | null;
            releaseReason: string | null;
        };
        /** @enum {string} */
        HoldKind: "credit" | "pause-work" | "lock-out";
        HoldPage: {
            items: components["schemas"]["Hold"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        Import: {
            id: number;
            kind: components["schemas"]["ImportKind"];
            fileName: string;
            bytes: number;
            /** @enum {string} */
            state: "uploaded" | "running" | "done" | "failed";
            dryRun: boolean;
            /** @enum {string} */
            atomic: "file" | "row";
            failure: string | null;
            /** @description Of the newest run; null before one has ended */
            outcome: ("imported" | "dry-run" | "rolled-back") | null;
            columns: string[];
            sample: string[][];
            mapping: components["schemas"]["ImportMapping"] | null;
            suggestedMapping: components["schemas"]["ImportMapping"];
            progress: {
                rows: number;
                total: number | null;
                created: number;
                updated: number;
                unchanged: number;
                rejected: number;
            };
            createdBy: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            createdAt: string;
            finishedAt: string | null;
        };
        ImportError: {
            line: number;
            column: string | null;
            value: string | null;
            reason: string;
        };
        ImportErrorPage: {
            items: components["schemas"]["ImportError"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        ImportField: {
            field: string;
            required: boolean;
            description: string;
        };
        ImportFields: {
            items: components["schemas"]["ImportField"][];
        };
        /** @enum {string} */
        ImportKind: "customers" | "invoices" | "payments" | "credit_notes" | "refunds" | "promises" | "disputes";
        ImportMapping: {
            /** @enum {string} */
            kind: "customers" | "invoices" | "payments" | "credit_notes" | "refunds" | "promises" | "disputes";
            /** @default {} */
            columns?: {
                [key: string]: string;
            };
            /** @default {} */
            constants?: {
                [key: string]: string;
            };
            /** @default yyyy-MM-dd */
            dateFormat?: string;
            /**
             * @default .
             * @enum {string}
             */
            decimal?: "." | ",";
            /** @enum {string} */
            delimiter?: "," | ";" | "\t" | "|";
            /**
             * @default utf-8
             * @enum {string}
             */
            encoding?: "utf-8" | "latin1";
            /** @default [] */
            ignore?: string[];
        };
        ImportPage: {
            items: components["schemas"]["Import"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        Invoice: {
            id: number;
            externalId: string;
            number: string;
            customerId: number;
            customerExternalId: string;
            customerName: string;
            /**
             * Format: date
             * @description A calendar date, YYYY-MM-DD
             */
            issuedOn: string;
            /**
             * Format: date
             * @description A calendar date, YYYY-MM-DD
             */
            dueOn: string;
            currency: string;
            /** @description An amount in minor units of the currency */
            totalMinor: number;
            /** @description An amount in minor units of the currency */
            openMinor: number;
            state: components["schemas"]["InvoiceState"];
            /** @description Negative before the due date, 0 on it; 0 when nothing is open */
            daysPastDue: number;
            /** @description null when nothing is open */
            bucket: components["schemas"]["AgingBucket"] | null;
            type: string;
            businessUnit: string | null;
            collection: components["schemas"]["CollectionSummary"] | null;
            /** @description An amount in minor units of the currency */
            settledMinor: number;
            graceDays: number | null;
            /** @enum {string} */
            documentState: "draft" | "issued" | "void";
            /** @description Typed custom fields by name */
            custom: {
                [key: string]: string | number | boolean | null;
            };
            hasDocument: boolean;
            onHold: boolean;
            workflowId: string;
            /** @description Its workflow in Temporal UI */
            temporalUrl: string | null;
            /** @description Sent as ETag too; give it back in If-Match when editing */
            rowVersion: number;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            updatedAt: string;
        };
        InvoiceInput: {
            /** @description The id in the system it comes from */
            externalId: string;
            /** @description The id in the system it comes from */
            customerExternalId: string;
            /** @description The external id unless given */
            number?: string | null;
            /**
             * Format: date
             * @description A calendar date, YYYY-MM-DD
             */
            issuedOn: string;
            /**
             * Format: date
             * @description A calendar date, YYYY-MM-DD
             */
            dueOn: string;
            /** @description ISO 4217 code */
            currency: string;
            totalMinor: number;
            type?: string;
            businessUnit?: string | null;
            /** @enum {string} */
            documentState?: "draft" | "issued" | "void";
            /** @description Days of grace of this invoice alone */
            graceDays?: number | null;
            /** @description Typed custom fields by name */
            custom?: {
                [key: string]: string | number | boolean | null;
            };
            lines?: {
                description: string;
                quantity?: number;
                /** @description An amount in minor units of the currency */
                amountMinor: number;
            }[];
        };
        InvoiceLine: {
            line: number;
            description: string;
            quantity: number;
            /** @description An amount in minor units of the currency */
            amountMinor: number;
        };
        InvoiceLines: {
            items: components["schemas"]["InvoiceLine"][];
        };
        InvoiceListItem: {
            id: number;
            externalId: string;
            number: string;
            customerId: number;
            customerExternalId: string;
            customerName: string;
            /**
             * Format: date
             * @description A calendar date, YYYY-MM-DD
             */
            issuedOn: string;
            /**
             * Format: date
             * @description A calendar date, YYYY-MM-DD
             */
            dueOn: string;
            currency: string;
            /** @description An amount in minor units of the currency */
            totalMinor: number;
            /** @description An amount in minor units of the currency */
            openMinor: number;
            state: components["schemas"]["InvoiceState"];
            /** @description Negative before the due date, 0 on it; 0 when nothing is open */
            daysPastDue: number;
            /** @description null when nothing is open */
            bucket: components["schemas"]["AgingBucket"] | null;
            type: string;
            businessUnit: string | null;
            collection: components["schemas"]["CollectionSummary"] | null;
        };
        InvoicePage: {
            items: components["schemas"]["InvoiceListItem"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        InvoicePolicy: {
            version: string | null;
            /** @enum {string} */
            assignedBy: "invoice" | "customer" | "segment" | "default";
            /** @description The version that it is on; invoices that stayed when an assignment changed are on another */
            current: string | null;
            /** @description What says so; null for the version of everybody */
            assignment: {
                target: string;
                reason: string;
                priority: number | null;
            } | null;
        };
        /** @enum {string} */
        InvoiceState: "draft" | "open" | "overdue" | "paid" | "void";
        IssueType: {
            code: string;
            label: string;
            /** @description Offered for new entries */
            active: boolean;
        };
        IssueTypes: {
            items: components["schemas"]["IssueType"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        KeptRates: {
            items: {
                currency: string;
                decided: number;
                kept: number;
                rate: number | null;
            }[];
        };
        Ladder: {
            policy: {
                id: number;
                policy: string;
                version: number;
                title: string;
            };
            /**
             * Format: date-time
             * @description The deployment's clock
             */
            now: string;
            timeZone: string;
            next: {
                at: string | null;
                step: string | null;
                why: string;
            } | null;
            outcome: string | null;
            steps: components["schemas"]["LadderStep"][];
        };
        LadderStep: {
            step: string;
            title: string;
            level: number;
            /** @description The step's day in words, e.g. "7 days after due" */
            when: string;
            plannedAt: string | null;
            /** @enum {string} */
            status: "done" | "covered" | "suppressed" | "skipped" | "deferred" | "next" | "upcoming" | "not-needed";
            why: string | null;
            actions: {
                action: string;
                outcome: ("executed" | "suppressed" | "deferred" | "covered" | "skipped") | null;
                reason: string | null;
                at: string | null;
                until: string | null;
                occurrence: number;
                decisionId: number | null;
                messageId: string | null;
            }[];
        };
        Me: {
            /** @enum {string} */
            via: "session" | "api-key";
            user: {
                id: number;
                email: string;
                name: string;
                role: components["schemas"]["Role"];
            } | null;
            apiKey: {
                id: number;
                name: string;
                scopes: components["schemas"]["Scope"][];
            } | null;
            /** @description Send it as X-CSRF-Token with everything but GET; null for an API key */
            csrfToken: string | null;
        };
        Message: {
            /** Format: uuid */
            id: string;
            customerId: number;
            customerName: string;
            invoiceId: number | null;
            invoiceNumber: string | null;
            template: string;
            language: string;
            fromAddress: string | null;
            toAddresses: string[];
            subject: string | null;
            state: components["schemas"]["MessageState"];
            stateReason: string | null;
            provider: string | null;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            queuedAt: string;
            sentAt: string | null;
            openedAt: string | null;
            clickedAt: string | null;
            idempotencyKey: string;
            bodyText: string | null;
            hasHtml: boolean;
            attempts: number;
            providerId: string | null;
            contactOn: string | null;
            ledgerVersion: number;
            attachments: {
                index: number;
                filename: string;
                contentType: string;
                bytes: number;
            }[];
            invoices: {
                invoiceId: number;
                number: string;
                step: string;
            }[];
            events: {
                type: string;
                /**
                 * Format: date-time
                 * @description An instant, ISO 8601 with a zone
                 */
                at: string;
            }[];
        };
        MessageListItem: {
            /** Format: uuid */
            id: string;
            customerId: number;
            customerName: string;
            invoiceId: number | null;
            invoiceNumber: string | null;
            template: string;
            language: string;
            fromAddress: string | null;
            toAddresses: string[];
            subject: string | null;
            state: components["schemas"]["MessageState"];
            stateReason: string | null;
            provider: string | null;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            queuedAt: string;
            sentAt: string | null;
            openedAt: string | null;
            clickedAt: string | null;
        };
        MessagePage: {
            items: components["schemas"]["MessageListItem"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        /** @enum {string} */
        MessageState: "queued" | "sending" | "sent" | "unknown" | "delivered" | "bounced" | "complained" | "failed" | "cancelled";
        NewApiKey: {
            apiKey: components["schemas"]["ApiKey"];
            key: string;
        };
        NewWebhookEndpoint: {
            endpoint: components["schemas"]["WebhookEndpoint"];
            secret: string;
        };
        Note: {
            id: number;
            customerId: number;
            invoiceId: number | null;
            issueType: string | null;
            author: string;
            /** @description Plain text */
            body: string;
            mentions: {
                id: number;
                name: string;
            }[];
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            at: string;
        };
        NoticeMail: {
            /** Format: uuid */
            id: string;
            userId: number;
            userName: string;
            toAddress: string;
            subject: string;
            /** @description How many are in it */
            notices: number;
            state: components["schemas"]["NoticeMailState"];
            stateReason: string | null;
            provider: string;
            attempts: number;
            /**
             * Format: date-time
             * @description On the deployment's clock
             */
            at: string;
            bodyText: string;
            providerId: string | null;
            lastAttemptAt: string | null;
            about: {
                /** @enum {string} */
                kind: "mention" | "group" | "task-assigned" | "task-overdue" | "address-bounced" | "approval-waiting";
                title: string;
                customerId: number | null;
                customerName: string | null;
                taskId: number | null;
            }[];
        };
        NoticeMailListItem: {
            /** Format: uuid */
            id: string;
            userId: number;
            userName: string;
            toAddress: string;
            subject: string;
            /** @description How many are in it */
            notices: number;
            state: components["schemas"]["NoticeMailState"];
            stateReason: string | null;
            provider: string;
            attempts: number;
            /**
             * Format: date-time
             * @description On the deployment's clock
             */
            at: string;
        };
        NoticeMailPage: {
            items: components["schemas"]["NoticeMailListItem"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        /** @enum {string} */
        NoticeMailState: "queued" | "sending" | "sent" | "unknown" | "delivered" | "bounced" | "complained" | "failed";
        NoticeSettings: {
            /** @enum {string} */
            mail: "none" | "at-once" | "daily";
            timeZone: string;
            /** @description Also what one's role and queues are told, not only what is one's own */
            groups: boolean;
        };
        Notification: {
            id: number;
            audience: string;
            title: string;
            customerId: number | null;
            customerName: string | null;
            invoiceId: number | null;
            invoiceNumber: string | null;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            at: string;
            /** @description When the person who asks read it; for an API key, when somebody first did */
            readAt: string | null;
            /** @description It reached the person who asks */
            mine: boolean;
        };
        NotificationPage: {
            items: components["schemas"]["Notification"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        OptOut: {
            email: string;
            /** @enum {string} */
            via: "one-click" | "reply" | "person";
            messageId: string | null;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            at: string;
        };
        OptOutPage: {
            items: components["schemas"]["OptOut"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        /** @enum {string} */
        Outcome: "executed" | "suppressed" | "deferred" | "covered" | "skipped";
        Overview: {
            /**
             * Format: date-time
             * @description The deployment's clock
             */
            now: string;
            /**
             * Format: date
             * @description A calendar date, YYYY-MM-DD
             */
            today: string;
            currencies: {
                currency: string;
                /** @description An amount in minor units of the currency */
                openMinor: number;
                /** @description An amount in minor units of the currency */
                overdueMinor: number;
                /** @description An amount in minor units of the currency */
                unappliedMinor: number;
                openInvoices: number;
                overdueInvoices: number;
                customers: number;
                /** @description All buckets, in order; their sum is openMinor */
                aging: {
                    bucket: components["schemas"]["AgingBucket"];
                    /** @description An amount in minor units of the currency */
                    openMinor: number;
                    invoices: number;
                }[];
            }[];
            todaysActions: {
                step: string;
                action: string;
                outcome: string;
                count: number;
            }[];
            /** @description Planned steps of the next 14 days */
            comingNext: {
                /**
                 * Format: date
                 * @description A calendar date, YYYY-MM-DD
                 */
                on: string;
                step: string;
                invoices: number;
            }[];
            /** @description Of the last 7 days */
            messages: {
                state: string;
                count: number;
            }[];
            openTasks: number;
            activeHolds: number;
            activeCollections: number;
            paused: number;
        };
        Payment: {
            id: number;
            externalId: string;
            customerId: number;
            customerName: string;
            currency: string;
            /** @description An amount in minor units of the currency */
            amountMinor: number;
            /** @description An amount in minor units of the currency */
            appliedMinor: number;
            /** @description An amount in minor units of the currency */
            unappliedMinor: number;
            /** @description What has gone back to who paid */
            refundedMinor: number;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            receivedAt: string;
            method: string | null;
            reversedAt: string | null;
            reversalKind: components["schemas"]["ReversalKind"] | null;
            reversalReason: string | null;
            applications: components["schemas"]["AppliedTo"][];
            refunds: components["schemas"]["Refund"][];
        };
        PaymentInput: {
            /** @description The id in the system it comes from */
            externalId: string;
            /** @description May be left out where an invoice is named */
            customerExternalId?: string | null;
            /** @description The invoice that it settles, as far as it goes; without one all of it stays unapplied */
            invoiceExternalId?: string | null;
            /** @description ISO 4217 code */
            currency: string;
            /** @description An amount in minor units of the currency, above zero */
            amountMinor: number;
            /** @description A date alone means the start of that day in the customer's zone */
            receivedAt: string;
            method?: string | null;
        };
        PaymentListItem: {
            id: number;
            externalId: string;
            customerId: number;
            customerName: string;
            currency: string;
            /** @description An amount in minor units of the currency */
            amountMinor: number;
            /** @description An amount in minor units of the currency */
            appliedMinor: number;
            /** @description An amount in minor units of the currency */
            unappliedMinor: number;
            /** @description What has gone back to who paid */
            refundedMinor: number;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            receivedAt: string;
            method: string | null;
            reversedAt: string | null;
            reversalKind: components["schemas"]["ReversalKind"] | null;
            reversalReason: string | null;
        };
        PaymentPage: {
            items: components["schemas"]["PaymentListItem"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        PaymentRefundInput: {
            /** @description The id in the system it comes from */
            externalId: string;
            /** @description Left out: all that is left of the payment */
            amountMinor?: number;
            /** @description Left out: now. A date alone means the start of that day in the customer's zone */
            refundedAt?: string;
            reason?: string | null;
        };
        People: {
            items: {
                id: number;
                name: string;
                role: components["schemas"]["Role"];
            }[];
        };
        PolicyAssignment: {
            id: number;
            policy: string;
            /** @description The version of it that is in force */
            version: string | null;
            /** @enum {string} */
            kind: "invoice" | "customer" | "segment";
            targetId: number;
            /** @description The number of the invoice, the name of the customer, the title of the segment */
            target: string;
            /** @description Of the segments that a customer is in, the lowest number decides */
            priority: number | null;
            reason: string;
            assignedBy: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            assignedAt: string;
            /** @description Open invoices under collection of which it decides: nothing stronger is said of them. Counted up to 10000 */
            invoices: number;
            /** @description There are more than were counted */
            moreInvoices: boolean;
        };
        PolicyAssignmentChange: {
            id: number;
            /** @enum {string} */
            kind: "invoice" | "customer" | "segment";
            target: string;
            policyBefore: string | null;
            policyAfter: string | null;
            reason: string;
            changedBy: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            at: string;
        };
        PolicyAssignmentChanged: {
            assignment: components["schemas"]["PolicyAssignment"];
            /** @description The moves of invoices under way that were started */
            migrations: components["schemas"]["PolicyMigration"][];
        };
        PolicyAssignments: {
            items: components["schemas"]["PolicyAssignment"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        PolicyCheck: {
            valid: boolean;
            errors: {
                path: string;
                message: string;
            }[];
            policy: string | null;
            version: number | null;
            title: string | null;
            steps: components["schemas"]["PolicyStep"][];
            /** @description What it would take the place of: the version of the policy that is in force, or what everybody comes under; null where nothing is, and while the text is wrong */
            baseVersionId: number | null;
            /** @description From that version */
            differences: components["schemas"]["PolicyDifference"][];
        };
        PolicyDetail: {
            id: number;
            policy: string;
            version: number;
            title: string;
            /** @description Invoices to which nothing else is assigned come under it */
            active: boolean;
            /** @description Invoices that are assigned to its policy come under it */
            inForce: boolean;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            publishedAt: string;
            publishedBy: string | null;
            /** @description Invoices under active collection on this version */
            invoices: number;
            /** @description As written, comments included */
            source: string;
            /** @description As parsed */
            document: {
                [key: string]: unknown;
            };
            steps: components["schemas"]["PolicyStep"][];
            /** @description In words */
            calendar: string;
            /** @description In words */
            contact: string;
        };
        PolicyDifference: {
            kind: string;
            /** @description The step that it is about; null: the policy as a whole */
            step: string | null;
            text: string;
        };
        PolicyDifferences: {
            items: components["schemas"]["PolicyDifference"][];
        };
        PolicyDraft: {
            id: number;
            /** @description The policy's own name, as far as the text says one */
            name: string;
            version: number | null;
            /** @description The published version that it was made from */
            baseVersionId: number | null;
            /** @enum {string} */
            state: "open" | "published" | "discarded";
            publishedVersionId: number | null;
            createdBy: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            createdAt: string;
            updatedBy: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            updatedAt: string;
            /** @description Sent as ETag too; give it back in If-Match when editing */
            rowVersion: number;
            /** @description The policy in YAML or JSON */
            source: string;
            valid: boolean;
            errors: {
                /** @description The place in the document, as in steps[2].when */
                path: string;
                /** @description What is wrong, and what is allowed */
                message: string;
                line: number | null;
                column: number | null;
            }[];
            title: string | null;
            /** @description Empty while the text is wrong */
            steps: components["schemas"]["PolicyStep"][];
            /** @description From the version that it was made from */
            differences: components["schemas"]["PolicyDifference"][];
        };
        PolicyDrafts: {
            items: components["schemas"]["PolicyDraftSummary"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        PolicyDraftSummary: {
            id: number;
            /** @description The policy's own name, as far as the text says one */
            name: string;
            version: number | null;
            /** @description The published version that it was made from */
            baseVersionId: number | null;
            /** @enum {string} */
            state: "open" | "published" | "discarded";
            publishedVersionId: number | null;
            createdBy: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            createdAt: string;
            updatedBy: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            updatedAt: string;
            /** @description Sent as ETag too; give it back in If-Match when editing */
            rowVersion: number;
        };
        PolicyInForce: {
            id: number;
            policy: string;
            version: number;
            title: string;
            /** @description Invoices to which nothing else is assigned come under it */
            active: boolean;
            /** @description Invoices that are assigned to its policy come under it */
            inForce: boolean;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            publishedAt: string;
            publishedBy: string | null;
            /** @description Invoices under active collection on this version */
            invoices: number;
            /** @description As written, comments included */
            source: string;
            /** @description As parsed */
            document: {
                [key: string]: unknown;
            };
            steps: components["schemas"]["PolicyStep"][];
            /** @description In words */
            calendar: string;
            /** @description In words */
            contact: string;
            /** @description The move that was started; null when invoices stay, or none is under way */
            migration: components["schemas"]["PolicyMigration"] | null;
        };
        PolicyMigration: {
            id: number;
            toVersionId: number;
            /** @description As in reference@2 */
            toVersion: string;
            scope: {
                [key: string]: unknown;
            };
            rules: {
                /** @enum {string} */
                mode: "move" | "restart";
                mapping: {
                    [key: string]: string | null;
                };
                /** @enum {string} */
                missed: "pass" | "run";
            };
            reason: string;
            /** @enum {string} */
            state: "running" | "paused" | "stopped" | "done";
            /** @description Invoices to move */
            total: number;
            moved: number;
            /** @description Of them: with steps that were passed over */
            passed: number;
            /** @description Of them: with steps that will do again what was done */
            repeated: number;
            dueAtOnce: number;
            /** @description Why the last page failed; it is tried again */
            problem: string | null;
            createdBy: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            createdAt: string;
            endedAt: string | null;
        };
        PolicyMigrationReport: {
            id: number;
            toVersionId: number;
            /** @description As in reference@2 */
            toVersion: string;
            scope: {
                [key: string]: unknown;
            };
            rules: {
                /** @enum {string} */
                mode: "move" | "restart";
                mapping: {
                    [key: string]: string | null;
                };
                /** @enum {string} */
                missed: "pass" | "run";
            };
            reason: string;
            /** @enum {string} */
            state: "running" | "paused" | "stopped" | "done";
            /** @description Invoices to move */
            total: number;
            moved: number;
            /** @description Of them: with steps that were passed over */
            passed: number;
            /** @description Of them: with steps that will do again what was done */
            repeated: number;
            dueAtOnce: number;
            /** @description Why the last page failed; it is tried again */
            problem: string | null;
            createdBy: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            createdAt: string;
            endedAt: string | null;
            steps: {
                step: string;
                passed: number;
                repeated: number;
            }[];
            /** @description Where the moved invoices came from */
            versions: {
                version: string;
                invoices: number;
            }[];
        };
        PolicyMigrations: {
            items: components["schemas"]["PolicyMigration"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        PolicyPrecedence: {
            /** @description From the strongest */
            precedence: string[];
            /** @description The version for everybody else */
            byDefault: string | null;
            /** @description Counted up to 10000 */
            invoicesByDefault: number;
            /** @description There are more than were counted */
            moreByDefault: boolean;
            /** @description The latest hundred, the last first */
            changes: components["schemas"]["PolicyAssignmentChange"][];
        };
        PolicyPreview: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "running" | "done" | "failed";
            /** @description Customers looked at */
            done: number;
            total: number;
            result: components["schemas"]["PolicyPreviewResult"] | null;
            problem: string | null;
        };
        PolicyPreviewedCustomer: {
            customerId: number;
            customerExternalId: string;
            customerName: string;
            /** @description `newly`: gets an email under the draft and none today; `no-longer`: the other way round; null: as it was */
            contact: ("newly" | "no-longer") | null;
            today: components["schemas"]["PolicyTally"];
            draft: components["schemas"]["PolicyTally"];
        };
        PolicyPreviewedCustomerPage: {
            items: components["schemas"]["PolicyPreviewedCustomer"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        PolicyPreviewResult: {
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            from: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            to: string;
            tookMs: number;
            customers: number;
            invoices: number;
            today: components["schemas"]["PolicyTally"];
            draft: components["schemas"]["PolicyTally"];
            /** @description Customers who would get an email and get none today */
            newlyContacted: number;
            noLongerContacted: number;
            /** @description Those for whom anything is different; `/policy-previews/{id}/customers` lists them */
            changedCustomers: number;
            /** @description Emails by day, of steps and of segments */
            days: {
                /**
                 * Format: date
                 * @description A calendar date, YYYY-MM-DD
                 */
                on: string;
                today: number;
                draft: number;
            }[];
            /** @description What the runs of segments do for these customers */
            segments: {
                segment: string;
                title: string;
                /** @description Runs that begin in these days */
                runs: number;
                today: components["schemas"]["SegmentRunTally"];
                draft: components["schemas"]["SegmentRunTally"];
            }[];
            steps: {
                step: string;
                title: string;
                /** @description Invoices under way for which it counts as done */
                done: number;
                passed: number;
                repeated: number;
                dueAtOnce: number;
            }[];
        };
        PolicyResults: {
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            at: string;
            /**
             * Format: date
             * @description The Monday of the first week
             */
            from: string;
            totals: {
                versionId: number;
                policy: string;
                version: number;
                currency: string;
                invoices: number;
                openInvoices: number;
                /** @description An amount in minor units of the currency */
                billedMinor: number;
                /** @description By payments, since an invoice came under the version */
                collectedMinor: number;
                /** @description An amount in minor units of the currency */
                openMinor: number;
                paid: number;
                /** @description By the due date, where the customer is */
                paidOnTime: number;
                /** @description Mean over the paid; paid early counts 0 */
                averageDaysDelinquent: number | null;
            }[];
            weeks: {
                /**
                 * Format: date
                 * @description Its Monday
                 */
                week: string;
                versionId: number;
                emails: number;
                tasks: number;
                holds: number;
                handoffs: number;
                suppressed: number;
                started: number;
                paid: number;
            }[];
            money: {
                /**
                 * Format: date
                 * @description A calendar date, YYYY-MM-DD
                 */
                week: string;
                versionId: number;
                currency: string;
                /** @description An amount in minor units of the currency */
                collectedMinor: number;
            }[];
        };
        PolicyStep: {
            id: string;
            title: string;
            level: number;
            /** @description In words, e.g. "7 days after due, at 09:00" */
            when: string;
            /** @enum {string} */
            anchor: "issued" | "due" | "previous";
            offset: {
                /** @enum {string} */
                unit: "days" | "businessDays";
                count: number;
            };
            atMinute: number | null;
            /** @description In words */
            condition: string | null;
            catchUp: string;
            exemptFromSpacing: boolean;
            actions: {
                kind: string;
                summary: string;
            }[];
        };
        /** @description What steps and runs of segments do */
        PolicyTally: {
            /** @description By steps */
            emails: number;
            /** @description What runs of segments write on what is owed */
            segmentEmails: number;
            /** @description Statements of account, which are no contact */
            statements: number;
            tasks: number;
            holds: number;
            handoffs: number;
            notices: number;
            escalations: number;
            charges: number;
            offers: number;
            /** @description Other policies that steps start */
            starts: number;
        };
        PolicyVersion: {
            id: number;
            policy: string;
            version: number;
            title: string;
            /** @description Invoices to which nothing else is assigned come under it */
            active: boolean;
            /** @description Invoices that are assigned to its policy come under it */
            inForce: boolean;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            publishedAt: string;
            publishedBy: string | null;
            /** @description Invoices under active collection on this version */
            invoices: number;
        };
        PolicyVersions: {
            items: components["schemas"]["PolicyVersion"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            instance?: string;
            requestId?: string;
            /** @description What is wrong, and where */
            errors?: {
                path: string;
                message: string;
            }[];
        };
        PromiseInput: {
            /** @description The id in the system it comes from */
            externalId: string;
            /** @description The id in the system it comes from */
            customerExternalId: string;
            /** @description Left out: all that the customer owes in this currency, oldest due first */
            invoiceExternalIds?: string[];
            /** @description ISO 4217 code */
            currency: string;
            /** @description Left out: all that is open and undisputed on the invoices */
            amountMinor?: number;
            /**
             * Format: date
             * @description A calendar date, YYYY-MM-DD
             */
            promisedOn: string;
            /** @default api */
            source?: components["schemas"]["ClaimSource"];
            note?: string | null;
        };
        PromisePage: {
            items: components["schemas"]["PromiseToPay"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        /** @enum {string} */
        PromiseState: "pending" | "kept" | "partly-kept" | "broken" | "superseded" | "cancelled";
        PromiseToPay: {
            id: number;
            externalId: string;
            customerId: number;
            customerName: string;
            currency: string;
            /** @description An amount in minor units of the currency */
            amountMinor: number;
            /** @description An amount in minor units of the currency */
            paidMinor: number;
            /**
             * Format: date
             * @description A calendar date, YYYY-MM-DD
             */
            promisedOn: string;
            /**
             * Format: date-time
             * @description The end of that day in the customer's zone
             */
            endsAt: string;
            state: components["schemas"]["PromiseState"];
            source: components["schemas"]["ClaimSource"];
            note: string | null;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            madeAt: string;
            madeBy: string;
            decidedAt: string | null;
            invoices: {
                invoiceId: number;
                invoiceNumber: string;
                /** @description An amount in minor units of the currency */
                amountMinor: number;
                superseded: boolean;
            }[];
        };
        PublishedDraft: {
            version: components["schemas"]["PolicyDetail"];
            /** @description The move that was started; null when invoices stay, or none is under way */
            migration: components["schemas"]["PolicyMigration"] | null;
        };
        RatePreset: {
            /** @enum {string} */
            preset: "eu" | "de" | "uk";
            title: string;
            law: string;
            /** @description Percentage points above the reference rate */
            pointsAbove: number;
            /**
             * Format: date
             * @description The last day for which the product knows a rate
             */
            knownUntil: string;
            /**
             * Format: date
             * @description When the known rates were last held against what was published
             */
            checkedOn: string;
            checkedAgainst: string;
            /** @description Half-years until today without a rate, by their first days: nothing is charged for them, and a task asks */
            missing: string[];
        };
        RatePresets: {
            items: components["schemas"]["RatePreset"][];
        };
        ReadNotifications: {
            read: number;
        };
        Reassigned: {
            reassigned: number;
            /** @description Passed over, since closed or unknown */
            closed: number;
        };
        ReferenceRate: {
            /** @enum {string} */
            preset: "eu" | "de" | "uk";
            /**
             * Format: date
             * @description The first day of the half-year
             */
            halfYear: string;
            percent: string;
            source: string;
            /** @description Null for a rate that the product knows */
            addedBy: string | null;
            addedAt: string | null;
        };
        ReferenceRates: {
            items: components["schemas"]["ReferenceRate"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        Refund: {
            id: number;
            externalId: string;
            paymentId: number;
            paymentExternalId: string;
            customerId: number;
            customerName: string;
            currency: string;
            /** @description An amount in minor units of the currency */
            amountMinor: number;
            /** @description How much of it is owed again, on invoices and on charges */
            reopenedMinor: number;
            reason: string | null;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            refundedAt: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            recordedAt: string;
        };
        RefundInput: {
            /** @description The id in the system it comes from */
            paymentExternalId: string;
            /** @description The id in the system it comes from */
            externalId: string;
            /** @description Left out: all that is left of the payment */
            amountMinor?: number;
            /** @description Left out: now. A date alone means the start of that day in the customer's zone */
            refundedAt?: string;
            reason?: string | null;
            /** @description The payment's; another is refused */
            currency?: string;
        };
        RefundPage: {
            items: components["schemas"]["Refund"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        Reply: {
            id: number;
            /** @description triage: waits for a person */
            state: components["schemas"]["ReplyState"];
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            receivedAt: string;
            fromAddress: string;
            fromName: string | null;
            subject: string;
            customerId: number | null;
            customerName: string | null;
            /** @description How it was found what it answers; null: it belongs to nobody yet */
            matchedBy: ("address" | "references" | "sender" | "person") | null;
            /** @description A machine wrote it */
            automatic: ("auto-reply" | "report" | "bulk" | "loop") | null;
            /** @description What the classifier takes it for */
            kind: components["schemas"]["ReplyKind"] | null;
            confidence: number | null;
            /** @description What it was taken as */
            decidedKind: components["schemas"]["ReplyKind"] | null;
            pausedUntil: string | null;
            excerpt: string;
            messageId: string | null;
            messageSubject: string | null;
            recipients: string[];
            /** @description Without quotation and signature */
            said: string;
            bodyText: string;
            isCut: boolean;
            /** @description When it was written, as far as the mail tells: its days count from there */
            writtenAt: string | null;
            /** @description false: the sender is no contact of the customer, nor of its company, and a person decides; null: not looked at */
            senderKnown: boolean | null;
            /** @enum {string} */
            source: "resend" | "imap";
            reason: string | null;
            classifier: string | null;
            suggested: {
                on: string | null;
                disputeReason: ("amount" | "quality" | "not-received" | "duplicate" | "not-ordered" | "other") | null;
                referredTo: string | null;
                amount: {
                    decimal: string;
                    currency: string | null;
                } | null;
            } | null;
            decided: {
                on: string | null;
                disputeReason: ("amount" | "quality" | "not-received" | "duplicate" | "not-ordered" | "other") | null;
                referredTo: string | null;
                amountMinor: number | null;
                invoiceIds?: number[];
            } | null;
            decidedBy: string | null;
            decidedAt: string | null;
            invoices: {
                invoiceId: number;
                number: string;
                /** @description An amount in minor units of the currency */
                openMinor: number;
                currency: string;
                /**
                 * Format: date
                 * @description A calendar date, YYYY-MM-DD
                 */
                dueOn: string;
            }[];
            attachments: {
                position: number;
                filename: string;
                contentType: string;
                bytes: number;
                refused: string | null;
            }[];
            /** @description Sent as ETag too; give it back in If-Match when editing */
            rowVersion: number;
        };
        /** @enum {string} */
        ReplyKind: "promise" | "dispute" | "paid" | "out-of-office" | "question" | "wrong-contact" | "unsubscribe" | "other";
        ReplyListItem: {
            id: number;
            /** @description triage: waits for a person */
            state: components["schemas"]["ReplyState"];
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            receivedAt: string;
            fromAddress: string;
            fromName: string | null;
            subject: string;
            customerId: number | null;
            customerName: string | null;
            /** @description How it was found what it answers; null: it belongs to nobody yet */
            matchedBy: ("address" | "references" | "sender" | "person") | null;
            /** @description A machine wrote it */
            automatic: ("auto-reply" | "report" | "bulk" | "loop") | null;
            /** @description What the classifier takes it for */
            kind: components["schemas"]["ReplyKind"] | null;
            confidence: number | null;
            /** @description What it was taken as */
            decidedKind: components["schemas"]["ReplyKind"] | null;
            pausedUntil: string | null;
            excerpt: string;
        };
        ReplyPage: {
            items: components["schemas"]["ReplyListItem"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        /** @enum {string} */
        ReplyState: "received" | "triage" | "settled" | "ignored";
        /** @enum {string} */
        ReversalKind: "reversal" | "chargeback";
        /** @enum {string} */
        Role: "admin" | "credit-manager" | "collector" | "sales" | "viewer";
        SavedMapping: {
            name: string;
            kind: components["schemas"]["ImportKind"];
            mapping: components["schemas"]["ImportMapping"];
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            savedAt: string;
        };
        SavedMappings: {
            items: components["schemas"]["SavedMapping"][];
        };
        /** @enum {string} */
        Scope: "read" | "ledger:write" | "collections:write" | "admin";
        SearchResult: {
            customers: {
                id: number;
                externalId: string;
                name: string;
            }[];
            invoices: {
                id: number;
                number: string;
                externalId: string;
                customerName: string;
                /** @description An amount in minor units of the currency */
                openMinor: number;
                currency: string;
            }[];
        };
        Segment: {
            id: number;
            key: string;
            title: string;
            description: string | null;
            condition: components["schemas"]["ConditionDocument"];
            /** @description In words */
            conditionText: string;
            archived: boolean;
            /** @description Its members under a new condition are still being found */
            refreshing: boolean;
            members: number;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            createdAt: string;
            createdBy: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            updatedAt: string;
            /** @description Sent as ETag too; give it back in If-Match when editing */
            rowVersion: number;
        };
        SegmentChange: {
            id: number;
            segmentId: number;
            segmentTitle: string;
            customerId: number;
            customerName: string;
            /** @enum {string} */
            change: "joined" | "left";
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            at: string;
            reason: string;
        };
        SegmentChangePage: {
            items: components["schemas"]["SegmentChange"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        SegmentCollection: {
            /** @description One workflow makes the decisions of the invoices of all members, in place of one for each invoice */
            inBatches: boolean;
            since: string | null;
            /** @description Invoices in its batches */
            batched: number;
            /** @description Invoices with a workflow of their own: all, or while something about them needs one */
            ownWorkflow: number;
            /** @description Invoices in the batches of a segment that has collected in batches for longer */
            elsewhere: number;
            /** @description It is still being looked at who collects what */
            handingOver: boolean;
        };
        SegmentDecision: {
            segmentId: number;
            segmentTitle: string;
            run: number;
            customerId: number;
            customerName: string;
            /** @enum {string} */
            outcome: "executed" | "suppressed" | "deferred";
            /** @enum {string} */
            reasonCode: "due" | "settled" | "condition" | "paused" | "window" | "spacing" | "cap" | "collapsed" | "no-address" | "address-suppressed" | "do-not-contact";
            /** @description In a sentence, with what became of the email */
            explanation: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            at: string;
            /** @description Of what waits */
            until: string | null;
            messageId: string | null;
            messageState: components["schemas"]["MessageState"] | null;
        };
        SegmentDecisionPage: {
            items: components["schemas"]["SegmentDecision"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        SegmentMember: {
            customerId: number;
            customerName: string;
            externalId: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            joinedAt: string;
            /** @description Why, as it was on joining */
            reason: string;
            behaviour: string | null;
        };
        SegmentMemberPage: {
            items: components["schemas"]["SegmentMember"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        SegmentPreview: {
            valid: boolean;
            errors: {
                path: string;
                message: string;
                allowed?: string;
            }[];
            conditionText: string | null;
            total: number;
            /** @description The first of them */
            customers: {
                customerId: number;
                customerName: string;
                externalId: string;
                reason: string;
            }[];
        };
        SegmentRunAction: {
            /** @constant */
            kind: "email";
            template: string;
            /**
             * @default [
             *       "billing"
             *     ]
             */
            to?: ("billing" | "escalation" | "leadership")[];
        } | {
            /** @constant */
            kind: "statement";
            /** @default statement */
            template?: string;
            /**
             * @default [
             *       "billing"
             *     ]
             */
            to?: ("billing" | "escalation" | "leadership")[];
            /**
             * @description open-or-moved: where something is open, or anything moved since the last statement
             * @default open-or-moved
             * @enum {string}
             */
            sendWhen?: "open-or-moved" | "open" | "always";
        } | {
            /** @constant */
            kind: "task";
            queue: string;
            /** @description May hold {customer} and other fields of a task */
            title: string;
            /** @default null */
            instructions?: string | null;
            /** @default 1 */
            dueInDays?: number;
            /**
             * @description A task template: its instructions where none are given here, its priority and its outcomes
             * @default null
             */
            template?: string | null;
        } | {
            /** @constant */
            kind: "notify";
            audience: string;
            title: string;
        };
        SegmentRunInput: {
            rhythm: {
                /** @constant */
                every: "week";
                /** @description 1 = Monday */
                weekday: number;
                /** @description 2: every second week */
                interval: number;
                /**
                 * Format: date
                 * @description A day of the first week, before which there is no run; left out: weeks are counted from 2024-01-01
                 */
                from?: string;
            } | {
                /** @constant */
                every: "month";
                /** @description The last day of a month that has fewer */
                day: number;
            } | {
                /** @constant */
                every: "month-business-day";
                nth: number;
            };
            /** @description IANA name */
            timeZone: string;
            /** @description Minutes after midnight there */
            atMinute: number;
            /**
             * @description Whose public holidays are no business days
             * @default null
             */
            holidays?: {
                country: string;
                region: string | null;
            } | null;
            /**
             * @description Asked of each customer at the run
             * @default null
             */
            when?: components["schemas"]["ConditionDocument"] | null;
            /** @description Which invoices the email lists */
            invoices: {
                /** @enum {string} */
                which: "overdue" | "open";
                /** @default null */
                where?: components["schemas"]["ConditionDocument"] | null;
            };
            /** @description One email or statement at most. Tasks and notifications come also where the email has to wait or reaches nobody */
            actions: components["schemas"]["SegmentRunAction"][];
            /** @default 3 */
            minimumDaysBetween?: number;
        };
        SegmentRunPreview: {
            at: string | null;
            /** @description The next run and those after it */
            dates: string[];
            looked: number;
            customers: {
                customerId: number;
                customerName: string;
                /** @enum {string} */
                decision: "act" | "suppress" | "defer";
                reason: string;
                email: boolean;
                /** @description Tasks and notifications */
                others: number;
                until: string | null;
                invoices: number;
            }[];
        };
        SegmentRunTally: {
            /** @description What runs of segments write on what is owed */
            segmentEmails: number;
            /** @description Statements of account, which are no contact */
            statements: number;
            tasks: number;
            notices: number;
        };
        Segments: {
            items: components["schemas"]["Segment"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        SegmentSchedule: {
            run: components["schemas"]["SegmentRunInput"] | null;
            /** @description In words; null: it does nothing by itself */
            cadence: string | null;
            consolidated: boolean;
            paused: boolean;
            skipNext: boolean;
            nextRunAt: string | null;
            /** @description The latest first */
            runs: {
                number: number;
                /**
                 * Format: date-time
                 * @description An instant, ISO 8601 with a zone
                 */
                plannedAt: string;
                askedBy: string | null;
                /** @enum {string} */
                state: "running" | "done" | "skipped";
                endedAt: string | null;
                executed: number;
                suppressed: number;
                deferred: number;
            }[];
        };
        SettledMessage: {
            message: components["schemas"]["Message"];
            /** @description The message that was queued afresh */
            againId: string | null;
        };
        SettledNoticeMail: {
            mail: components["schemas"]["NoticeMail"];
            /** @description How many notices wait again */
            again: number;
        };
        SimulatedDecision: {
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            at: string;
            /**
             * Format: date
             * @description A calendar date, YYYY-MM-DD
             */
            on: string;
            customer: string;
            invoice: string;
            step: string;
            action: string;
            outcome: components["schemas"]["Outcome"];
            reason: string;
            /** @description An amount in minor units of the currency */
            openMinor: number;
            currency: string;
            policyVersion: string;
        };
        Simulation: {
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            from: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            to: string;
            invoices: number;
            tookMs: number;
            days: {
                /**
                 * Format: date
                 * @description A calendar date, YYYY-MM-DD
                 */
                on: string;
                /** @description By steps */
                emails: number;
                /** @description By runs of segments */
                segmentEmails: number;
                statements: number;
                /** @description By steps and by runs of segments */
                tasks: number;
                holds: number;
                handoffs: number;
                suppressed: number;
            }[];
            /** @description What steps do */
            counts: {
                step: string;
                action: string;
                outcome: components["schemas"]["Outcome"];
                count: number;
            }[];
            /** @description What the runs of each segment do for customers of whom invoices are collected */
            segments: {
                /** @description Its key */
                segment: string;
                title: string;
                segmentEmails: number;
                statements: number;
                tasks: number;
                notices: number;
            }[];
            decisions: components["schemas"]["SimulatedDecision"][];
            total: number;
            /** @description Only the first decisions are listed; `days` and `counts` have them all */
            truncated: boolean;
        };
        Statement: {
            id: number;
            /** Format: uuid */
            messageId: string;
            segmentId: number | null;
            /** @description The segment whose run wrote it */
            segmentTitle: string | null;
            /** @description Who sent it by hand */
            askedBy: string | null;
            /**
             * Format: date
             * @description A calendar date, YYYY-MM-DD
             */
            from: string;
            /**
             * Format: date
             * @description A calendar date, YYYY-MM-DD
             */
            to: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            at: string;
            /** @description The balance that it ended with, in each currency; the next begins with it */
            closing: {
                currency: string;
                /** @description An amount in minor units of the currency */
                amountMinor: number;
            }[];
            /** @description Of its message */
            state: components["schemas"]["MessageState"];
            stateReason: string | null;
            /** @description The place of its PDF among the attachments of its message; null before it was handed over */
            attachment: number | null;
        };
        StatementPage: {
            items: components["schemas"]["Statement"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        StepsControlled: {
            items: {
                invoiceId: number;
                step: string;
                /** @description Why nothing was done about this one; null: it was */
                refused: string | null;
            }[];
        };
        SuppressedAddress: {
            email: string;
            /** @enum {string} */
            reason: "bounced" | "complained" | "by-hand";
            messageId: string | null;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            at: string;
        };
        SuppressedAddressPage: {
            items: components["schemas"]["SuppressedAddress"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        Task: {
            id: number;
            queue: string;
            title: string;
            instructions: string | null;
            /** @description 1 is the most urgent, 2 normal, 4 the least */
            priority: number;
            template: string | null;
            /** @description null: every outcome */
            outcomes: string[] | null;
            /** @description The queue that it was in before it became overdue and was escalated */
            escalatedFrom: string | null;
            /** @description The task whose outcome raised it */
            followsId: number | null;
            customerId: number | null;
            customerName: string | null;
            invoiceId: number | null;
            invoiceNumber: string | null;
            state: components["schemas"]["TaskState"];
            assignee: {
                id: number;
                name: string;
            } | null;
            dueOn: string | null;
            overdue: boolean;
            outcome: string | null;
            note: string | null;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            createdAt: string;
            closedAt: string | null;
            openMinor: number | null;
            currency: string | null;
            /** @description Sent as ETag too; give it back in If-Match when editing */
            rowVersion: number;
        };
        /** @enum {string} */
        TaskOutcome: "done" | "no-answer" | "promised" | "disputed" | "paid" | "wrong-contact" | "wrong-number";
        TaskPage: {
            items: components["schemas"]["Task"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        TaskQueue: {
            name: string;
            /**
             * @description How new tasks are given to its people
             * @enum {string}
             */
            assignment: "none" | "round-robin" | "owner" | "load";
            /**
             * @description Where a task goes, once, when it becomes overdue
             * @enum {string}
             */
            escalation: "none" | "lead" | "queue";
            escalateTo: string | null;
            lead: {
                id: number;
                name: string;
            } | null;
            members: {
                id: number;
                name: string;
            }[];
        };
        TaskQueues: {
            items: {
                queue: string;
                open: number;
                claimed: number;
                overdue: number;
            }[];
        };
        TaskQueueSettings: {
            items: components["schemas"]["TaskQueue"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        TaskReport: {
            outcome: components["schemas"]["TaskOutcome"];
            note?: string;
            /** @description no-answer: when to call again, in 2 days unless said; paid: how long the payment gets to come, 5 days unless said */
            inDays?: number;
            promise?: {
                /**
                 * Format: date
                 * @description A calendar date, YYYY-MM-DD
                 */
                promisedOn: string;
                /** @description Left out: all that is open and undisputed */
                amountMinor?: number;
                /** @description Where the task is about no invoice */
                currency?: string;
            };
            dispute?: {
                /** @enum {string} */
                reason: "price" | "quantity" | "quality" | "not-delivered" | "not-ordered" | "duplicate" | "paid-already" | "terms" | "other";
                /** @description Left out: all that is open */
                amountMinor?: number;
            };
            /** @description wrong-number, wrong-contact: whose */
            contactId?: number;
        };
        /** @enum {string} */
        TaskState: "open" | "claimed" | "done" | "cancelled";
        TaskTemplate: {
            name: string;
            title: string;
            instructions: string | null;
            queue: string;
            dueInDays: number;
            /** @description 1 is the most urgent, 2 normal, 4 the least */
            priority: number;
            /** @description The outcomes that it may end with; null: every one */
            outcomes: components["schemas"]["TaskOutcome"][] | null;
            active: boolean;
        };
        TaskTemplates: {
            items: components["schemas"]["TaskTemplate"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        Template: {
            id: number;
            name: string;
            title: string;
            kind: components["schemas"]["TemplateKind"];
            /** @description What is sent; null: nothing is published yet */
            currentVersion: number | null;
            hasDraft: boolean;
            languages: string[];
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            updatedAt: string;
            updatedBy: string | null;
            rowVersion: number;
        };
        TemplateDetail: {
            id: number;
            name: string;
            title: string;
            kind: components["schemas"]["TemplateKind"];
            /** @description What is sent; null: nothing is published yet */
            currentVersion: number | null;
            hasDraft: boolean;
            languages: string[];
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            updatedAt: string;
            updatedBy: string | null;
            rowVersion: number;
            draft: {
                defaultLanguage: string;
                texts: {
                    [key: string]: components["schemas"]["TemplateText"];
                };
            } | null;
            versions: components["schemas"]["TemplateVersion"][];
            fields: components["schemas"]["TemplateField"][];
        };
        TemplateField: {
            name: string;
            type: string;
            label: string;
            optional: boolean;
            items: {
                name: string;
                type: string;
                label: string;
            }[];
        };
        /** @enum {string} */
        TemplateKind: "customer" | "invoice-delivery" | "statement" | "segment" | "campaign" | "internal";
        TemplatePage: {
            items: components["schemas"]["Template"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        TemplatePreview: {
            problems: components["schemas"]["TemplateProblem"][];
            subject: string | null;
            /** @description To be shown in a sandboxed frame */
            html: string | null;
            text: string | null;
            /** @description Why it cannot be shown */
            failure: string | null;
        };
        TemplateProblem: {
            language: string;
            /** @enum {string} */
            part: "subject" | "heading" | "body";
            line: number | null;
            column: number | null;
            message: string;
        };
        TemplateTest: {
            to: string;
            subject: string;
            provider: string;
            /** @enum {string} */
            state: "sent" | "failed" | "unknown";
            reason: string | null;
        };
        TemplateText: {
            subject: string;
            heading: string;
            body: string;
        };
        TemplateVersion: {
            version: number;
            defaultLanguage: string;
            texts: {
                [key: string]: components["schemas"]["TemplateText"];
            };
            note: string | null;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            publishedAt: string;
            publishedBy: string;
        };
        TimelineEntry: {
            /** @enum {string} */
            kind: "decision" | "message" | "task" | "payment" | "credit-note" | "write-off" | "invoice" | "hold" | "handoff" | "note" | "entry" | "call" | "promise" | "dispute" | "control" | "reply" | "segment" | "segment-run" | "campaign" | "charge" | "discount" | "approval" | "change";
            id: string;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            at: string;
            title: string;
            detail: string | null;
            actor: string | null;
            invoiceId: number | null;
            invoiceNumber: string | null;
            messageId: string | null;
            amountMinor: number | null;
            currency: string | null;
            state: string | null;
        };
        TimelinePage: {
            items: components["schemas"]["TimelineEntry"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        UnderWay: {
            /** @constant */
            choice: "stay";
        } | {
            /** @constant */
            choice: "move";
            /**
             * @description Old step to new step; null: it has no heir. A step that is not named keeps its id
             * @default {}
             */
            mapping?: {
                [key: string]: string | null;
            };
            /**
             * @description New steps whose day is over: passed over, or run late by their catch-up rule
             * @default pass
             * @enum {string}
             */
            missed?: "pass" | "run";
            reason: string;
        } | {
            /** @constant */
            choice: "restart";
            /**
             * @description New steps whose day is over: passed over, or run late by their catch-up rule
             * @default run
             * @enum {string}
             */
            missed?: "pass" | "run";
            reason: string;
        };
        Unsubscribed: {
            /** @enum {string} */
            result: "unsubscribed";
        };
        User: {
            id: number;
            email: string;
            name: string;
            role: components["schemas"]["Role"];
            active: boolean;
            /** @description Whom policies mean by the manager of an account's owner */
            managerId: number | null;
            /** @description In which emails about customers are written to them; null: in the template's own */
            language: string | null;
            /** @description Why no email is sent to the address; null: it is written to */
            mailRefused: ("bounced" | "complained" | "by-hand") | null;
            lastSignInAt: string | null;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            createdAt: string;
            /** @description Sent as ETag too; give it back in If-Match when editing */
            rowVersion: number;
        };
        UserPage: {
            items: components["schemas"]["User"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        UserWithPassword: {
            user: components["schemas"]["User"];
            /** @description Shown once, and only if the server made it */
            password: string | null;
        };
        WebhookDelivery: {
            /** Format: uuid */
            id: string;
            event: string;
            eventKey: string;
            /** @enum {string} */
            state: "waiting" | "delivered" | "failed" | "superseded";
            attempts: number;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            nextAttemptAt: string;
            lastError: string | null;
        };
        WebhookDeliveryPage: {
            items: components["schemas"]["WebhookDelivery"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        WebhookEndpoint: {
            id: number;
            url: string;
            events: string[];
            active: boolean;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            createdAt: string;
            waiting: number;
            failed: number;
        };
        WebhookEndpoints: {
            items: components["schemas"]["WebhookEndpoint"][];
            /** @description Cursor of the next page; null on the last */
            next: string | null;
        };
        /** @enum {string} */
        WebhookEvent: "hold.placed" | "hold.released" | "handoff.recorded" | "automation.fired";
        WebhookReceipt: {
            /** @enum {string} */
            result: "accepted" | "duplicate" | "ignored";
        };
        WriteOff: {
            id: number;
            externalId: string;
            invoiceId: number;
            /** @description An amount in minor units of the currency */
            amountMinor: number;
            reason: string | null;
            /**
             * Format: date-time
             * @description An instant, ISO 8601 with a zone
             */
            writtenOffAt: string;
            reversedAt: string | null;
        };
    };
    responses: {
        /** @description The request does not fit the schema */
        Problem400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not signed in */
        Problem401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not allowed */
        Problem403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not found */
        Problem404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Conflict */
        Problem409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Changed since it was read */
        Problem412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too large */
        Problem413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Understood, but not possible */
        Problem422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description If-Match is missing */
        Problem428: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests */
        Problem429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A service that this needs is not available */
        Problem503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listApprovals: {
        parameters: {
            query?: {
                /** @description Left out: pending */
                state?: components["schemas"]["ApprovalState"][];
                kind?: components["schemas"]["ApprovalKind"];
                customerId?: number;
                invoiceId?: number;
                sort?: "dueAt" | "-requestedAt";
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What waits for somebody to agree, and what was answered */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    getApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One request */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    approveApproval: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Agree */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    refuseApproval: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Refuse, with a reason */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    requestWriteOff: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description All that is open unless given */
                    amountMinor?: number;
                    reason: string;
                    /**
                     * @description Days in which a credit manager is to answer; an administrator is asked for as long after that, and then it is left out
                     * @default 14
                     */
                    timeoutDays?: number;
                };
            };
        };
        responses: {
            /** @description Ask for a write-off */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listCharges: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Late fees and interest of an invoice, waived ones too */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Charges"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    chargeInvoice: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    rule: components["schemas"]["ChargeRule"];
                };
            };
        };
        responses: {
            /** @description Charge a late fee or interest */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Charges"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    payCharge: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    paymentId: number;
                };
            };
        };
        responses: {
            /** @description Put unapplied money of a payment on a charge */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Charge"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listReferenceRates: {
        parameters: {
            query?: {
                preset?: "eu" | "de" | "uk";
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Reference rates that interest by law goes by, the newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReferenceRates"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    listRatePresets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The laws that interest goes by, and which of their rates are missing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatePresets"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    setReferenceRate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                preset: "eu" | "de" | "uk";
                /** @description A calendar date, YYYY-MM-DD */
                halfYear: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    percent: string;
                    /** @description Where it was published */
                    source: string;
                };
            };
        };
        responses: {
            /** @description Add the reference rate of a half-year */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    waiveCharge: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Waive a charge, with a reason */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Charge"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listDiscountUptake: {
        parameters: {
            query?: {
                /** @description The first day of offers */
                from?: string;
                /** @description The last day of offers */
                to?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What became of discounts: offered, taken, lost, what they cost and the days they gained */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscountUptakePage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    listDiscountOffers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discounts offered on an invoice */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscountOffers"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    offerDiscount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    terms: {
                        /** @constant */
                        kind: "percent";
                        /** @description Of what is open */
                        percent: string;
                    } | {
                        /** @constant */
                        kind: "fixed";
                        /** @description An amount in minor units of the currency, above zero */
                        amountMinor: number;
                    };
                    forDays: number;
                };
            };
        };
        responses: {
            /** @description Offer a discount for paying early */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscountOffers"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    withdrawDiscount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Withdraw an offer that no payment has met */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Sign in with a password */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current: string;
                    next: string;
                };
            };
        };
        responses: {
            /** @description Change the own password; ends the other sessions */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getNoticeSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Which emails one gets about what is one's own, and about what one's groups are told */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeSettings"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    putNoticeSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    mail: "none" | "at-once" | "daily";
                    /** @description An IANA time zone of the form Area/City */
                    timeZone: string;
                    /** @description Left out: as it was */
                    groups?: boolean;
                };
            };
        };
        responses: {
            /** @description Choose which emails one gets: none, at once (several together where they come close), or a list at seven each morning */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeSettings"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    listPeople: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Active people, to assign work to */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["People"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description In the name or the address */
                search?: string;
                role?: components["schemas"]["Role"];
                state?: "active" | "off";
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Users */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    name: string;
                    role: components["schemas"]["Role"];
                    password?: string;
                };
            };
        };
        responses: {
            /** @description Add a user */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserWithPassword"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One user */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was read */
                "If-Match": string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    role?: components["schemas"]["Role"];
                    active?: boolean;
                    managerId?: number | null;
                    language?: string | null;
                };
            };
        };
        responses: {
            /** @description Change name, role, manager, language or whether the user may sign in */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
        };
    };
    resetUserPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Give a new random password; ends all sessions of the user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserWithPassword"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description In the name or what the key begins with */
                search?: string;
                state?: "active" | "expired" | "revoked";
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description API keys, revoked ones included */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    scopes: components["schemas"]["Scope"][];
                    /**
                     * Format: date-time
                     * @description An instant, ISO 8601 with a zone
                     */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description Make an API key */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke an API key */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    listCustomers: {
        parameters: {
            query?: {
                /** @description Part of the name or the external id */
                search?: string;
                externalId?: string;
                businessUnit?: string;
                ownerId?: number;
                segmentId?: number;
                /** @description How the customer pays */
                behaviour?: "new" | "prompt" | "slow" | "at-risk";
                onHold?: boolean;
                paused?: boolean;
                stopped?: boolean;
                overdue?: boolean;
                sort?: "name" | "-name" | "overdue" | "-overdue";
                /** @description By what is overdue in it is sorted, since amounts of different currencies cannot be compared; left out: the one in which most invoices are open */
                currency?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Customers with their balances */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    getCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One customer */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    updateCustomer: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was read */
                "If-Match": string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @description An IANA time zone of the form Area/City */
                    timeZone?: string;
                    country?: string | null;
                    region?: string | null;
                    language?: string;
                    businessUnit?: string | null;
                    termsDays?: number | null;
                    tier?: string | null;
                    doNotContact?: boolean;
                    /** @description Days after the due date before overdue steps count; null: as the policy says */
                    graceDays?: number | null;
                    creditLimit?: components["schemas"]["CreditLimit"] | null;
                    /** @description Typed custom fields by name */
                    custom?: {
                        [key: string]: string | number | boolean | null;
                    };
                };
            };
        };
        responses: {
            /** @description Edit a customer */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            412: components["responses"]["Problem412"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
        };
    };
    setCustomerOwner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    userId: number | null;
                };
            };
        };
        responses: {
            /** @description Say whose account a customer is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
        };
    };
    upsertCustomers: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    records: components["schemas"]["CustomerInput"][];
                };
            };
        };
        responses: {
            /** @description Create or update up to 1,000 customers by external id */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listContacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Contacts of a customer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contacts"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    createContact: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactInput"];
            };
        };
        responses: {
            /** @description Add a contact */
            201: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    deleteContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove a contact */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    updateContact: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was read */
                "If-Match": string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role?: components["schemas"]["ContactRole"];
                    name?: string | null;
                    /** Format: email */
                    email?: string;
                    phone?: string | null;
                };
            };
        };
        responses: {
            /** @description Edit a contact */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
        };
    };
    getTimeline: {
        parameters: {
            query?: {
                kind?: ("decision" | "message" | "task" | "payment" | "credit-note" | "write-off" | "invoice" | "hold" | "handoff" | "note" | "entry" | "call" | "promise" | "dispute" | "control" | "reply" | "segment" | "segment-run" | "campaign" | "charge" | "discount" | "approval" | "change")[];
                invoiceId?: number;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything that happened with a customer, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelinePage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    addNote: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    body: string;
                    invoiceId?: number;
                    issueType?: string;
                };
            };
        };
        responses: {
            /** @description Write a note, or an entry of a kind */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listIssueTypes: {
        parameters: {
            query?: {
                /** @description In the label or the code */
                search?: string;
                /** @description Whether it is in use */
                active?: boolean;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Kinds of entries on a timeline, by label */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssueTypes"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    putIssueType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    label: string;
                    active: boolean;
                };
            };
        };
        responses: {
            /** @description Make or rename a kind of entry, or take it out of use */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssueType"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    pauseCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description null: until resumed */
                    until: string | null;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Pause the collection of all invoices of a customer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerPause"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    stopCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Stop the collection of a customer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerPause"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    skipCustomerSteps: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    steps: {
                        invoiceId: number;
                        step: string;
                    }[];
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Skip a step of several invoices of a customer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepsControlled"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    sendCustomerStepsNow: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    steps: {
                        invoiceId: number;
                        step: string;
                    }[];
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Run a step of several invoices of a customer now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepsControlled"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    resumeCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Resume the collection of a customer that is paused or stopped */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerPause"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listInvoices: {
        parameters: {
            query?: {
                state?: components["schemas"]["InvoiceState"][];
                bucket?: components["schemas"]["AgingBucket"][];
                customerId?: number;
                currency?: string;
                businessUnit?: string;
                /** @description Number, external id or customer name */
                search?: string;
                externalId?: string;
                /** @description A calendar date, YYYY-MM-DD */
                dueFrom?: string;
                /** @description A calendar date, YYYY-MM-DD */
                dueTo?: string;
                stage?: string;
                nextStep?: string;
                type?: string;
                sort?: "dueOn" | "-dueOn" | "openMinor" | "-openMinor" | "issuedOn" | "-issuedOn" | "number" | "-number";
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Invoices by state, age, customer and stage */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoicePage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    getInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One invoice */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    getInvoiceLines: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its lines */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceLines"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    getInvoiceApplications: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What settled it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Applications"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    getInvoiceLadder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every step of its policy: done, next, skipped, and why */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ladder"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    getInvoiceDecisions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its decisions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decisions"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    getInvoiceDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its PDF: the one supplied, or one made from the ledger */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    putInvoiceDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/pdf": string;
            };
        };
        responses: {
            /** @description Supply its PDF */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    setInvoiceGrace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description null: as its customer, else the policy says */
                    graceDays: number | null;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Give one invoice days of grace */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    upsertInvoices: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    records: components["schemas"]["InvoiceInput"][];
                };
            };
        };
        responses: {
            /** @description Create or update up to 1,000 invoices by external id */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    writeOffInvoice: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The id in the system it comes from */
                    externalId: string;
                    /** @description An amount in minor units of the currency, above zero */
                    amountMinor: number;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Write off what is open, or a part of it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteOff"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    reverseWriteOff: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Take a write-off back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WriteOff"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    pauseCollection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    until: string | null;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Pause until an instant, or until resumed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    resumeCollection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Resume */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    skipStep: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    step: string;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Skip a step that is still to come */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    sendNow: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    step: string;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Run a step now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    stopCollection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Stop the collection of this invoice for good */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    listPayments: {
        parameters: {
            query?: {
                customerId?: number;
                currency?: string;
                externalId?: string;
                unapplied?: boolean;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
                reversed?: boolean;
                /** @description A calendar date, YYYY-MM-DD */
                receivedFrom?: string;
                /** @description A calendar date, YYYY-MM-DD */
                receivedTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Payments, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    recordPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentInput"];
            };
        };
        responses: {
            /** @description Record a payment */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One payment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    upsertPayments: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    records: components["schemas"]["PaymentInput"][];
                };
            };
        };
        responses: {
            /** @description Record up to 1,000 payments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    reversePayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /** @description A reversal unless given */
                    kind?: components["schemas"]["ReversalKind"];
                    /**
                     * Format: date-time
                     * @description When the bank did it, not before the payment was received and not ahead. What it opens is open from when it is recorded
                     */
                    at?: string;
                };
            };
        };
        responses: {
            /** @description Reverse a payment: what it paid is open again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    refundPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentRefundInput"];
            };
        };
        responses: {
            /** @description Give a payment back, or a part of it */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listRefunds: {
        parameters: {
            query?: {
                customerId?: number;
                paymentId?: number;
                currency?: string;
                externalId?: string;
                /** @description A calendar date, YYYY-MM-DD */
                refundedFrom?: string;
                /** @description A calendar date, YYYY-MM-DD */
                refundedTo?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refunds, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    bulkRefunds: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    records: components["schemas"]["RefundInput"][];
                };
            };
        };
        responses: {
            /** @description Record up to 1,000 refunds, in the order given */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    applyPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplyInput"];
            };
        };
        responses: {
            /** @description Apply what is left of a payment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listCreditNotes: {
        parameters: {
            query?: {
                customerId?: number;
                currency?: string;
                externalId?: string;
                unapplied?: boolean;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Credit notes, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditNotePage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    recordCreditNote: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreditNoteInput"];
            };
        };
        responses: {
            /** @description Record a credit note */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditNote"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getCreditNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One credit note */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditNote"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    upsertCreditNotes: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    records: components["schemas"]["CreditNoteInput"][];
                };
            };
        };
        responses: {
            /** @description Record up to 1,000 credit notes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    applyCreditNote: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplyInput"];
            };
        };
        responses: {
            /** @description Apply what is left of a credit note */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditNote"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listDecisions: {
        parameters: {
            query?: {
                /** @description A calendar date, YYYY-MM-DD */
                from?: string;
                /** @description A calendar date, YYYY-MM-DD */
                to?: string;
                customerId?: number;
                invoiceId?: number;
                /** @description The published version of a policy by which it was decided */
                policyVersionId?: number;
                step?: string;
                action?: string;
                outcome?: components["schemas"]["Outcome"][];
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every decision made, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                state?: components["schemas"]["MessageState"][];
                customerId?: number;
                invoiceId?: number;
                template?: string;
                /** @description Part of the subject or an address */
                search?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One message, with what the provider said of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    settleMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    finding: "sent" | "not-sent";
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Say whether a message of which it is unknown was sent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettledMessage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getMessageHtml: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message as it was sent, to be shown in a sandboxed frame */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    getMessageAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                index: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An attachment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    listSuppressedAddresses: {
        parameters: {
            query?: {
                /** @description In the address */
                search?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Addresses that no email is sent to */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuppressedAddressPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    suppressAddress: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Send nothing to an address */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuppressedAddress"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    releaseAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                email: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Send to an address again */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    receiveResendEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Events from Resend, signed by Svix */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookReceipt"];
                };
            };
            401: components["responses"]["Problem401"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                /** @description In the address */
                search?: string;
                /** @description Whether it is switched on */
                active?: boolean;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where events are sent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoints"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uri */
                    url: string;
                    events: components["schemas"]["WebhookEvent"][];
                };
            };
        };
        responses: {
            /** @description Add an endpoint; its signing secret is in this answer only */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhookEndpoint"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    updateWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    events?: components["schemas"]["WebhookEvent"][];
                    active?: boolean;
                };
            };
        };
        responses: {
            /** @description Change events, or switch it on or off */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                state?: "waiting" | "delivered" | "failed" | "superseded";
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was sent there */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    listHolds: {
        parameters: {
            query?: {
                active?: boolean;
                customerId?: number;
                kind?: components["schemas"]["HoldKind"];
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Holds, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    placeHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    customerId: number;
                    kind: components["schemas"]["HoldKind"];
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Put a customer on hold by hand */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    releaseHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Release a hold */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listHandoffs: {
        parameters: {
            query?: {
                customerId?: number;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Invoices handed to an agency, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandoffPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                audience?: string;
                /** @description Only those that reached the person who asks */
                mine?: boolean;
                /** @description Only those of them that they have not read; for an API key, those that nobody has */
                unread?: boolean;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Notifications, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    readNotification: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Mark one as read, for oneself */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notification"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    readNotifications: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids: number[];
                };
            };
        };
        responses: {
            /** @description Mark those that were shown as read, for oneself */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadNotifications"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getPolicyResults: {
        parameters: {
            query?: {
                /** @description By name; left out: all */
                policy?: string;
                weeks?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What policies have come to, by version, live and by week */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyResults"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    listPolicies: {
        parameters: {
            query?: {
                /** @description In the name, the title, or who published it */
                search?: string;
                /** @description Whether invoices that are assigned to its policy come under it */
                inForce?: boolean;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Published policy versions, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersions"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    publishPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The policy in YAML or JSON */
                    source: string;
                    /**
                     * @description New invoices are collected under it from now on
                     * @default true
                     */
                    activate?: boolean;
                    /** @description Invoices that are assigned to its policy come under it; left out: as `activate` */
                    inForce?: boolean;
                    /**
                     * @description Of the invoices on other versions of the policy and, where it becomes what everybody comes under, of those on the policy whose place it takes that come under it now
                     * @default {
                     *       "choice": "stay"
                     *     }
                     */
                    underWay?: components["schemas"]["UnderWay"];
                };
            };
        };
        responses: {
            /** @description Publish a policy version */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyInForce"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getPolicySchema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The JSON Schema of a policy document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    getActivePolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The policy that new invoices are collected under */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDetail"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    getPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One policy version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDetail"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    checkPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The policy in YAML or JSON */
                    source: string;
                };
            };
        };
        responses: {
            /** @description Check a draft, publishing nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyCheck"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    activatePolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description So do new invoices to which nothing else is assigned
                     * @default true
                     */
                    activate?: boolean;
                    /**
                     * @description Of the invoices on other versions of the policy and, where it becomes what everybody comes under, of those on the policy whose place it takes that come under it now
                     * @default {
                     *       "choice": "stay"
                     *     }
                     */
                    underWay?: components["schemas"]["UnderWay"];
                };
            };
        };
        responses: {
            /** @description Put a published version in force */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyInForce"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    simulatePolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 60 */
                    days?: number;
                    /** @description A draft; left out: every invoice on the version it is on */
                    source?: string;
                    /** @default 2000 */
                    decisionsMax?: number;
                };
            };
        };
        responses: {
            /** @description What a policy would do on this ledger over the next days */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Simulation"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listImports: {
        parameters: {
            query?: {
                /** @description In the name of the file */
                search?: string;
                kind?: components["schemas"]["ImportKind"];
                state?: "uploaded" | "running" | "done" | "failed";
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Imports, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    uploadImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                    kind: components["schemas"]["ImportKind"];
                    /**
                     * @description Never guessed: what is not UTF-8 is refused unless it is said to be latin1
                     * @default utf-8
                     * @enum {string}
                     */
                    encoding?: "utf-8" | "latin1";
                };
            };
        };
        responses: {
            /** @description Upload a CSV file; answers with its columns and a suggested mapping */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listImportFields: {
        parameters: {
            query: {
                kind: components["schemas"]["ImportKind"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a file of a kind can hold */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportFields"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    getImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One import with its progress */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    runImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Left out: the suggested one */
                    mapping?: components["schemas"]["ImportMapping"];
                    /** @default false */
                    dryRun?: boolean;
                    /**
                     * @description file: one bad row and nothing is written
                     * @default row
                     * @enum {string}
                     */
                    atomic?: "file" | "row";
                };
            };
        };
        responses: {
            /** @description Run it in the background, or try it without writing anything */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listImportErrors: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its bad rows, by line */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportErrorPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    listImportMappings: {
        parameters: {
            query?: {
                kind?: components["schemas"]["ImportKind"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Saved mappings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedMappings"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    saveImportMapping: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: components["schemas"]["ImportKind"];
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportMapping"];
            };
        };
        responses: {
            /** @description Save a mapping under a name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedMapping"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    deleteImportMapping: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: components["schemas"]["ImportKind"];
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Forget a saved mapping */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    getOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is open, what is overdue, what happens today and next */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    search: {
        parameters: {
            query: {
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Customers and invoices by name, number or external id */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResult"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                action?: string;
                subjectType?: string;
                subjectId?: string;
                actorId?: string;
                /** @description An instant, ISO 8601 with a zone */
                from?: string;
                /** @description Before then */
                to?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The audit trail, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    verifyAudit: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Recompute the chain of hashes and find changed or missing rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The deployment's clock */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    advanceClock: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description An instant, ISO 8601 with a zone
                     */
                    to: string;
                };
            };
        };
        responses: {
            /** @description Advance a manual clock to an instant, through every milestone on the way */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    playClock: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    hoursPerSecond: number;
                };
            };
        };
        responses: {
            /** @description Let a manual clock run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    pauseClock: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stop a manual clock where it is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listBusinessUnits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Business units */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusinessUnits"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    putBusinessUnit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Add or rename a business unit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusinessUnit"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    listCustomFields: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Custom fields */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomFields"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    putCustomField: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entity: "customer" | "invoice";
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    type: "text" | "number" | "boolean" | "date";
                    label?: string | null;
                };
            };
        };
        responses: {
            /** @description Add a custom field, or change its label */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomField"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
        };
    };
    listPromises: {
        parameters: {
            query?: {
                state?: components["schemas"]["PromiseState"][];
                customerId?: number;
                invoiceId?: number;
                /** @description A calendar date, YYYY-MM-DD */
                from?: string;
                /** @description A calendar date, YYYY-MM-DD */
                to?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Promises to pay, the latest promised day first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromisePage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    recordPromise: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromiseInput"];
            };
        };
        responses: {
            /** @description Record a promise to pay */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromiseToPay"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getPromise: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One promise */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromiseToPay"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    withdrawPromise: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Withdraw a promise that runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromiseToPay"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getKeptRates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How much of what a customer promised came as promised, for each currency */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptRates"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    listDisputes: {
        parameters: {
            query?: {
                state?: "open" | "resolved";
                reason?: components["schemas"]["DisputeReason"];
                ownerId?: number;
                customerId?: number;
                invoiceId?: number;
                late?: boolean;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disputes, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisputePage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    openDispute: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisputeInput"];
            };
        };
        responses: {
            /** @description Open a dispute */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getDispute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One dispute, with its notes and files */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
        };
    };
    assignDispute: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ownerId: number | null;
                };
            };
        };
        responses: {
            /** @description Give a dispute to a person */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    setDisputeDeadline: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date
                     * @description A calendar date, YYYY-MM-DD
                     */
                    deadlineOn: string;
                };
            };
        };
        responses: {
            /** @description Give a dispute that is open another deadline */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    addDisputeNote: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    body: string;
                };
            };
        };
        responses: {
            /** @description Write a note on a dispute */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    addDisputeFile: {
        parameters: {
            query: {
                fileName: string;
            };
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Keep a file with a dispute */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getDisputeFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                fileId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A file of a dispute, to be saved, never shown */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    resolveDispute: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisputeResolution"];
            };
        };
        responses: {
            /** @description Resolve a dispute: valid and split issue a credit note */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listTasks: {
        parameters: {
            query?: {
                queue?: string;
                /** @description Left out: open and claimed */
                state?: components["schemas"]["TaskState"][];
                mine?: boolean;
                assigneeId?: number;
                unassigned?: boolean;
                customerId?: number;
                invoiceId?: number;
                overdue?: boolean;
                priority?: number;
                sort?: "dueOn" | "priority";
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tasks, the most urgent first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    createTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    template?: string;
                    queue?: string;
                    title?: string;
                    instructions?: string;
                    /** @description 1 is the most urgent, 2 normal, 4 the least */
                    priority?: number;
                    /**
                     * Format: date
                     * @description A calendar date, YYYY-MM-DD
                     */
                    dueOn?: string;
                    customerId?: number;
                    invoiceId?: number;
                    assigneeId?: number;
                };
            };
        };
        responses: {
            /** @description Give people a task by hand */
            201: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listTaskQueues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Queues, with what waits in them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskQueues"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    getTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One task */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
        };
    };
    claimTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Take a task */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    releaseTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Give a task back to its queue */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    completeTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskReport"];
            };
        };
        responses: {
            /** @description Close a task with what came of it */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    reassignTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    assigneeId?: number | null;
                    queue?: string;
                };
            };
        };
        responses: {
            /** @description Give a task to a person or to another queue */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    reassignTasks: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids: number[];
                    assigneeId?: number | null;
                    queue?: string;
                };
            };
        };
        responses: {
            /** @description Give up to 500 tasks to a person or to another queue */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reassigned"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listQueueSettings: {
        parameters: {
            query?: {
                /** @description In the name, or in that of one of its people */
                search?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Queues with their people and rules, by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskQueueSettings"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    putQueue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description How new tasks are given to its people
                     * @enum {string}
                     */
                    assignment: "none" | "round-robin" | "owner" | "load";
                    /**
                     * @description Where a task goes, once, when it becomes overdue
                     * @enum {string}
                     */
                    escalation: "none" | "lead" | "queue";
                    escalateTo: string | null;
                    leadId: number | null;
                    memberIds: number[];
                };
            };
        };
        responses: {
            /** @description Set up a queue: its people, how tasks are given out, where overdue ones go */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskQueue"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
        };
    };
    listTaskTemplates: {
        parameters: {
            query?: {
                /** @description In the name or the title */
                search?: string;
                queue?: string;
                /** @description Whether it is in use */
                active?: boolean;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Task templates, by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskTemplates"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    putTaskTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title: string;
                    instructions: string | null;
                    queue: string;
                    dueInDays: number;
                    /** @description 1 is the most urgent, 2 normal, 4 the least */
                    priority: number;
                    /** @description The outcomes that it may end with; null: every one */
                    outcomes: components["schemas"]["TaskOutcome"][] | null;
                    active: boolean;
                };
            };
        };
        responses: {
            /** @description Make or change a task template */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskTemplate"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    listTemplates: {
        parameters: {
            query?: {
                /** @description In the title or the name */
                search?: string;
                kind?: components["schemas"]["TemplateKind"];
                /** @description draft: somebody is working on another version */
                state?: "published" | "draft";
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Templates of messages, by title */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatePage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    createTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    title: string;
                    kind: components["schemas"]["TemplateKind"];
                    defaultLanguage: string;
                    texts: {
                        [key: string]: components["schemas"]["TemplateText"];
                    };
                };
            };
        };
        responses: {
            /** @description Begin a template */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateDetail"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A template with its draft, its versions and the fields that it may use */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateDetail"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    saveTemplateDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title?: string;
                    draft: {
                        defaultLanguage: string;
                        texts: {
                            [key: string]: components["schemas"]["TemplateText"];
                        };
                    } | null;
                    /** @description Of the template as it was read */
                    rowVersion: number;
                };
            };
        };
        responses: {
            /** @description Write the draft, or drop it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateDetail"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    publishTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default null */
                    note?: string | null;
                    rowVersion: number;
                };
            };
        };
        responses: {
            /** @description Publish the draft as the next version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateDetail"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    previewTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    kind: components["schemas"]["TemplateKind"];
                    defaultLanguage: string;
                    texts: {
                        [key: string]: components["schemas"]["TemplateText"];
                    };
                    /** @description The reader's */
                    language: string;
                    /** @description Whose data is shown; left out: made-up data */
                    customerId?: number;
                };
            };
        };
        responses: {
            /** @description Check words that are being written, and show them on a real customer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatePreview"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    sendTemplateTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    defaultLanguage: string;
                    texts: {
                        [key: string]: components["schemas"]["TemplateText"];
                    };
                    language: string;
                    customerId?: number;
                };
            };
        };
        responses: {
            /** @description Send the words to oneself, marked as a test */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateTest"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listPolicyDrafts: {
        parameters: {
            query?: {
                /** @description In the name of the policy, or who touched it last */
                search?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Drafts that are being worked on, the latest touched first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDrafts"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    createPolicyDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    baseVersionId?: number;
                    /** @description The policy in YAML or JSON */
                    source?: string;
                };
            };
        };
        responses: {
            /** @description Begin a draft */
            201: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDraft"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getPolicyDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One draft, checked */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDraft"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    discardPolicyDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discard a draft */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
        };
    };
    changePolicyDraft: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was read */
                "If-Match": string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The policy in YAML or JSON */
                    source: string;
                };
            };
        };
        responses: {
            /** @description Write another text of a draft */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDraft"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
        };
    };
    publishPolicyDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the draft as it was looked at */
                    rowVersion: number;
                    /**
                     * @description So do new invoices to which nothing else is assigned
                     * @default true
                     */
                    activate?: boolean;
                    /**
                     * @default {
                     *       "choice": "stay"
                     *     }
                     */
                    underWay?: components["schemas"]["UnderWay"];
                };
            };
        };
        responses: {
            /** @description Publish a draft */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedDraft"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    startPolicyPreview: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The policy in YAML or JSON */
                    source: string;
                    baseVersionId?: number;
                    /** @default 60 */
                    days?: number;
                    /**
                     * @description `stay` shows what would be if they moved
                     * @default {
                     *       "choice": "stay"
                     *     }
                     */
                    underWay?: components["schemas"]["UnderWay"];
                };
            };
        };
        responses: {
            /** @description Begin to work out what a draft would do on this ledger, beside what is done today */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyPreview"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            503: components["responses"]["Problem503"];
        };
    };
    getPolicyPreview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A preview: how far it is, and what it found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyPreview"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    listPolicyPreviewCustomers: {
        parameters: {
            query?: {
                contact?: "newly" | "no-longer";
                /** @description In the customer's name or number */
                search?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For whom a draft makes a difference, the largest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyPreviewedCustomerPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    comparePolicies: {
        parameters: {
            query: {
                /** @description The version that it is compared with */
                from: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is different in this version, in words */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDifferences"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    listPolicyMigrations: {
        parameters: {
            query?: {
                /** @description In the version that they go to, as in reference@2, the reason, or who began it */
                search?: string;
                state?: "running" | "paused" | "stopped" | "done";
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Moves of invoices to another policy version, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyMigrations"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    getPolicyMigration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One move, with what it did by step */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyMigrationReport"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    pausePolicyMigration: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Pause a move before its next page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyMigration"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    resumePolicyMigration: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Go on with a paused move */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyMigration"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    stopPolicyMigration: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stop a move for good */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyMigration"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listAutomations: {
        parameters: {
            query?: {
                /** @description In the title or the short name */
                search?: string;
                state?: "on" | "off";
                event?: components["schemas"]["EventKind"];
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Automations, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AutomationPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    createAutomation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    key: string;
                    document: components["schemas"]["AutomationDocument"];
                };
            };
        };
        responses: {
            /** @description Create an automation, switched off */
            201: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Automation"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getAutomation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One automation in its newest version */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Automation"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    editAutomation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    document: components["schemas"]["AutomationDocument"];
                    /** @description As it was looked at */
                    rowVersion: number;
                };
            };
        };
        responses: {
            /** @description Save an edit as the next version */
            201: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Automation"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    switchAutomation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    on: boolean;
                };
            };
        };
        responses: {
            /** @description Switch an automation on or off */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Automation"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    dryRunAutomation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    document: components["schemas"]["AutomationDocument"];
                };
            };
        };
        responses: {
            /** @description How often it would have fired in the last 90 days, and for whom */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AutomationDryRun"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listFirings: {
        parameters: {
            query?: {
                state?: components["schemas"]["FiringState"][];
                customerId?: number;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What an automation has heard of and done, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AutomationFiringPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    listPolicyAssignments: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
                kind?: "invoice" | "customer" | "segment";
                /** @description A part of the name of whom or what it is about */
                search?: string;
                /** @description Only those that can decide about a customer's invoices: its own, those of its invoices and of the segments that it is in */
                customerId?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Which policy collects whose invoices, in the order in which it is decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyAssignments"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    assignPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    policy: string;
                    target: {
                        /** @enum {string} */
                        kind: "invoice" | "customer" | "segment";
                        id: number;
                    };
                    /** @description For a segment, and each its own */
                    priority?: number;
                    reason: string;
                    /**
                     * @description What becomes of invoices that are under collection already
                     * @default {
                     *       "choice": "stay"
                     *     }
                     */
                    underWay?: components["schemas"]["UnderWay"];
                };
            };
        };
        responses: {
            /** @description Assign a policy to an invoice, a customer or a segment */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyAssignmentChanged"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getPolicyPrecedence: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What decides before what, for whom nothing is said, and what was changed last */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyPrecedence"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    removePolicyAssignment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /**
                     * @description What becomes of invoices that are under collection already
                     * @default {
                     *       "choice": "stay"
                     *     }
                     */
                    underWay?: components["schemas"]["UnderWay"];
                };
            };
        };
        responses: {
            /** @description Take an assignment away: what is weaker decides from now on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyAssignmentChanged"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    explainPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Which policy an invoice comes under, and who says so */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoicePolicy"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    listCampaigns: {
        parameters: {
            query?: {
                /** @description In the title or the short name */
                search?: string;
                state?: components["schemas"]["CampaignState"][];
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Campaigns, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    createCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    key: string;
                    document: components["schemas"]["CampaignDocument"];
                };
            };
        };
        responses: {
            /** @description Draft a campaign */
            201: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One campaign */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    editCampaign: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was read */
                "If-Match": string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    document: components["schemas"]["CampaignDocument"];
                };
            };
        };
        responses: {
            /** @description Change a draft */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
        };
    };
    previewCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a launch would come to now: who joins, what they owe, who is left alone and why, and when the first step is taken */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignPreview"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    listPreviewedCustomers: {
        parameters: {
            query?: {
                outcome?: components["schemas"]["CampaignPreviewOutcome"][];
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who would join a campaign now, and what would become of each */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignPreviewedCustomerPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    launchCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Launch a draft: from here on it cannot change */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    pauseCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Pause: nothing more is queued until it is resumed */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    resumeCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Resume */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    stopCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stop for good */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    endExperiment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    afterwards: components["schemas"]["ExperimentAfterwards"];
                    reason: string;
                };
            };
        };
        responses: {
            /** @description End an experiment on policies, and say what becomes of its customers */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Campaign"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getCampaignResults: {
        parameters: {
            query?: {
                /** @description The newest unless given */
                runId?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a run has come to, live */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignResults"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    listCampaignMembers: {
        parameters: {
            query?: {
                runId?: number;
                state?: components["schemas"]["CampaignMemberState"][];
                group?: string;
                customerId?: number;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is in a run, and how far */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignMemberPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    listReplies: {
        parameters: {
            query?: {
                state?: components["schemas"]["ReplyState"][];
                kind?: components["schemas"]["ReplyKind"];
                customerId?: number;
                /** @description Those that belong to nobody yet */
                unmatched?: boolean;
                /** @description Part of the subject or the address */
                search?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What customers wrote back, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplyPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    getReply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One reply, as text */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reply"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    decideReply: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    kind: components["schemas"]["ReplyKind"];
                    /** @description Sent as ETag too; give it back in If-Match when editing */
                    rowVersion: number;
                    /**
                     * Format: date
                     * @description promise: the day by which; out-of-office: the day of return
                     */
                    on?: string;
                    /** @description promise: left out, all that is open; dispute: the disputed part of the one invoice chosen */
                    amountMinor?: number;
                    /** @description Which of its invoices a promise or a dispute is about; left out: all are promised, and those disputed that it names */
                    invoiceIds?: number[];
                    /** @enum {string} */
                    disputeReason?: "amount" | "quality" | "not-received" | "duplicate" | "not-ordered" | "other";
                    /** @description For a reply that belongs to nobody yet */
                    customerId?: number;
                };
            };
        };
        responses: {
            /** @description Say what a reply is: accept what the classifier makes of it, or correct it; what follows is done */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reply"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getReplyAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                index: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An attachment, to be saved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    showUnsubscribe: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page behind an unsubscribe link: it asks first, and changes nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["Problem400"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    unsubscribe: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description One-click unsubscribe (RFC 8058), as mail programs post it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unsubscribed"];
                };
            };
            400: components["responses"]["Problem400"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listOptOuts: {
        parameters: {
            query?: {
                /** @description In the address */
                search?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Addresses that want no mail beyond what is owed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OptOutPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    removeOptOut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                email: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Write to an address again, as its owner asked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    getSegmentCollection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who collects the invoices of a segment’s members */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentCollection"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    setSegmentCollection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    inBatches: boolean;
                };
            };
        };
        responses: {
            /** @description Collect the invoices of a segment’s members in batches, or by a workflow each */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentCollection"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
        };
    };
    getSegmentSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description When a segment writes to its customers, and what its runs came to */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentSchedule"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
        };
    };
    setSegmentSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    run: components["schemas"]["SegmentRunInput"] | null;
                    /** @default false */
                    consolidated?: boolean;
                };
            };
        };
        responses: {
            /** @description Say when a segment writes to its customers, and about what */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentSchedule"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    controlSegmentRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    do: "pause" | "resume" | "run-now" | "skip-next";
                };
            };
        };
        responses: {
            /** @description Pause, resume, run now, or skip the next run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentSchedule"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    previewSegmentRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the next run would do to the first 200 members, as the ledger is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentRunPreview"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            429: components["responses"]["Problem429"];
        };
    };
    listSegmentRunDecisions: {
        parameters: {
            query?: {
                outcome?: "executed" | "suppressed" | "deferred";
                reason?: "due" | "settled" | "condition" | "paused" | "window" | "spacing" | "cap" | "collapsed" | "no-address" | "address-suppressed" | "do-not-contact";
                customerId?: number;
                /** @description In the name or the number of the customer */
                search?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
                /** @description The number of the run */
                run: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Why each member was or was not written to in a run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentDecisionPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    listCustomerRunDecisions: {
        parameters: {
            query?: {
                outcome?: "executed" | "suppressed" | "deferred";
                reason?: "due" | "settled" | "condition" | "paused" | "window" | "spacing" | "cap" | "collapsed" | "no-address" | "address-suppressed" | "do-not-contact";
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the runs of segments came to for a customer, and why, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerRunDecisionPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    listSegments: {
        parameters: {
            query?: {
                /** @description In the title or the key */
                search?: string;
                archived?: boolean;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Segments by title */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Segments"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    createSegment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    key: string;
                    title: string;
                    description?: string | null;
                    condition: components["schemas"]["ConditionDocument"];
                };
            };
        };
        responses: {
            /** @description Make a segment */
            201: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Segment"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    previewSegment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    condition: components["schemas"]["ConditionDocument"];
                    /** @default 50 */
                    limit?: number;
                };
            };
        };
        responses: {
            /** @description Whom a condition selects now, saving nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentPreview"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    getSegment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One segment */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Segment"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    updateSegment: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of what was read */
                "If-Match": string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title?: string;
                    description?: string | null;
                    condition?: components["schemas"]["ConditionDocument"];
                    archived?: boolean;
                    /** @description Archive it although policies, automations, campaigns or runs of other segments ask about it: nobody is in it for them any more */
                    evenIfNamed?: boolean;
                };
            };
        };
        responses: {
            /** @description Change a segment, or archive it */
            200: {
                headers: {
                    /** @description The row version, for If-Match */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Segment"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            422: components["responses"]["Problem422"];
            428: components["responses"]["Problem428"];
            429: components["responses"]["Problem429"];
        };
    };
    listSegmentMembers: {
        parameters: {
            query?: {
                /** @description In the name or the number of the customer */
                search?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is in a segment, and why */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentMemberPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    listSegmentHistory: {
        parameters: {
            query?: {
                /** @description In the name or the number of the customer */
                search?: string;
                change?: "joined" | "left";
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who joined and left, and why, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentChangePage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    getCustomerSegments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The segments that a customer is in, and how it pays */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerSegments"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    listConditionFields: {
        parameters: {
            query?: {
                subject?: "invoice" | "customer";
                /** @description The event that sets off what the condition is of, as an automation's: what it tells can be asked for too */
                event?: components["schemas"]["EventKind"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What conditions can ask about */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConditionFields"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    describeCondition: {
        parameters: {
            query: {
                subject?: "invoice" | "customer";
                /** @description The event that sets off what the condition is of, as an automation's: what it tells can be asked for too */
                event?: components["schemas"]["EventKind"];
                /** @description It is for what is simulated, as a step of a policy: what no simulation knows is refused */
                simulated?: boolean;
                /** @description The condition as JSON */
                condition: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A condition in words, or what is wrong with it and where */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DescribedCondition"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listStatements: {
        parameters: {
            query?: {
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Statements of account that a customer was sent, the latest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    sendStatement: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Send a customer its statement of account now */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statement"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    previewStatement: {
        parameters: {
            query?: {
                /** @description Today where the customer is, unless given */
                on?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A statement of account as a PDF, sending nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    listNoticeMails: {
        parameters: {
            query?: {
                state?: components["schemas"]["NoticeMailState"][];
                userId?: number;
                /** @description Part of the subject, the address, or what it is about */
                search?: string;
                /** @description `next` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Emails to the people who work here, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeMailPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    getNoticeMail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One email to somebody who works here, with what it says */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeMail"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    settleNoticeMail: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key within 24 hours gets the same answer and has no further effect */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    finding: "sent" | "not-sent";
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Say whether an email to somebody who works here was sent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettledNoticeMail"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
        };
    };
    exportApprovals: {
        parameters: {
            query?: {
                /** @description Left out: pending */
                state?: components["schemas"]["ApprovalState"][];
                kind?: components["schemas"]["ApprovalKind"];
                customerId?: number;
                invoiceId?: number;
                sort?: "dueAt" | "-requestedAt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What waits for somebody to agree, and what was answered: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportReferenceRates: {
        parameters: {
            query?: {
                preset?: "eu" | "de" | "uk";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Reference rates that interest by law goes by, the newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportDiscountUptake: {
        parameters: {
            query?: {
                /** @description The first day of offers */
                from?: string;
                /** @description The last day of offers */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What became of discounts: offered, taken, lost, what they cost and the days they gained: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportUsers: {
        parameters: {
            query?: {
                /** @description In the name or the address */
                search?: string;
                role?: components["schemas"]["Role"];
                state?: "active" | "off";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Users: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportApiKeys: {
        parameters: {
            query?: {
                /** @description In the name or what the key begins with */
                search?: string;
                state?: "active" | "expired" | "revoked";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description API keys, revoked ones included: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportCustomers: {
        parameters: {
            query?: {
                /** @description Part of the name or the external id */
                search?: string;
                externalId?: string;
                businessUnit?: string;
                ownerId?: number;
                segmentId?: number;
                /** @description How the customer pays */
                behaviour?: "new" | "prompt" | "slow" | "at-risk";
                onHold?: boolean;
                paused?: boolean;
                stopped?: boolean;
                overdue?: boolean;
                sort?: "name" | "-name" | "overdue" | "-overdue";
                /** @description By what is overdue in it is sorted, since amounts of different currencies cannot be compared; left out: the one in which most invoices are open */
                currency?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Customers with their balances: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportTimeline: {
        parameters: {
            query?: {
                kind?: ("decision" | "message" | "task" | "payment" | "credit-note" | "write-off" | "invoice" | "hold" | "handoff" | "note" | "entry" | "call" | "promise" | "dispute" | "control" | "reply" | "segment" | "segment-run" | "campaign" | "charge" | "discount" | "approval" | "change")[];
                invoiceId?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything that happened with a customer, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    exportIssueTypes: {
        parameters: {
            query?: {
                /** @description In the label or the code */
                search?: string;
                /** @description Whether it is in use */
                active?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Kinds of entries on a timeline, by label: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportInvoices: {
        parameters: {
            query?: {
                state?: components["schemas"]["InvoiceState"][];
                bucket?: components["schemas"]["AgingBucket"][];
                customerId?: number;
                currency?: string;
                businessUnit?: string;
                /** @description Number, external id or customer name */
                search?: string;
                externalId?: string;
                /** @description A calendar date, YYYY-MM-DD */
                dueFrom?: string;
                /** @description A calendar date, YYYY-MM-DD */
                dueTo?: string;
                stage?: string;
                nextStep?: string;
                type?: string;
                sort?: "dueOn" | "-dueOn" | "openMinor" | "-openMinor" | "issuedOn" | "-issuedOn" | "number" | "-number";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Invoices by state, age, customer and stage: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportPayments: {
        parameters: {
            query?: {
                customerId?: number;
                currency?: string;
                externalId?: string;
                unapplied?: boolean;
                reversed?: boolean;
                /** @description A calendar date, YYYY-MM-DD */
                receivedFrom?: string;
                /** @description A calendar date, YYYY-MM-DD */
                receivedTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Payments, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportRefunds: {
        parameters: {
            query?: {
                customerId?: number;
                paymentId?: number;
                currency?: string;
                externalId?: string;
                /** @description A calendar date, YYYY-MM-DD */
                refundedFrom?: string;
                /** @description A calendar date, YYYY-MM-DD */
                refundedTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Refunds, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportCreditNotes: {
        parameters: {
            query?: {
                customerId?: number;
                currency?: string;
                externalId?: string;
                unapplied?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Credit notes, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportDecisions: {
        parameters: {
            query?: {
                /** @description A calendar date, YYYY-MM-DD */
                from?: string;
                /** @description A calendar date, YYYY-MM-DD */
                to?: string;
                customerId?: number;
                invoiceId?: number;
                /** @description The published version of a policy by which it was decided */
                policyVersionId?: number;
                step?: string;
                action?: string;
                outcome?: components["schemas"]["Outcome"][];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every decision made, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportMessages: {
        parameters: {
            query?: {
                state?: components["schemas"]["MessageState"][];
                customerId?: number;
                invoiceId?: number;
                template?: string;
                /** @description Part of the subject or an address */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportSuppressedAddresses: {
        parameters: {
            query?: {
                /** @description In the address */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Addresses that no email is sent to: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportWebhookEndpoints: {
        parameters: {
            query?: {
                /** @description In the address */
                search?: string;
                /** @description Whether it is switched on */
                active?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where events are sent: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportWebhookDeliveries: {
        parameters: {
            query?: {
                state?: "waiting" | "delivered" | "failed" | "superseded";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was sent there: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    exportHolds: {
        parameters: {
            query?: {
                active?: boolean;
                customerId?: number;
                kind?: components["schemas"]["HoldKind"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Holds, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportHandoffs: {
        parameters: {
            query?: {
                customerId?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Invoices handed to an agency, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportNotifications: {
        parameters: {
            query?: {
                audience?: string;
                /** @description Only those that reached the person who asks */
                mine?: boolean;
                /** @description Only those of them that they have not read; for an API key, those that nobody has */
                unread?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Notifications, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportPolicies: {
        parameters: {
            query?: {
                /** @description In the name, the title, or who published it */
                search?: string;
                /** @description Whether invoices that are assigned to its policy come under it */
                inForce?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Published policy versions, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportImports: {
        parameters: {
            query?: {
                /** @description In the name of the file */
                search?: string;
                kind?: components["schemas"]["ImportKind"];
                state?: "uploaded" | "running" | "done" | "failed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Imports, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportImportErrors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its bad rows, by line: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    exportAudit: {
        parameters: {
            query?: {
                action?: string;
                subjectType?: string;
                subjectId?: string;
                actorId?: string;
                /** @description An instant, ISO 8601 with a zone */
                from?: string;
                /** @description Before then */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The audit trail, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportPromises: {
        parameters: {
            query?: {
                state?: components["schemas"]["PromiseState"][];
                customerId?: number;
                invoiceId?: number;
                /** @description A calendar date, YYYY-MM-DD */
                from?: string;
                /** @description A calendar date, YYYY-MM-DD */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Promises to pay, the latest promised day first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportDisputes: {
        parameters: {
            query?: {
                state?: "open" | "resolved";
                reason?: components["schemas"]["DisputeReason"];
                ownerId?: number;
                customerId?: number;
                invoiceId?: number;
                late?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disputes, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportTasks: {
        parameters: {
            query?: {
                queue?: string;
                /** @description Left out: open and claimed */
                state?: components["schemas"]["TaskState"][];
                mine?: boolean;
                assigneeId?: number;
                unassigned?: boolean;
                customerId?: number;
                invoiceId?: number;
                overdue?: boolean;
                priority?: number;
                sort?: "dueOn" | "priority";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tasks, the most urgent first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportQueueSettings: {
        parameters: {
            query?: {
                /** @description In the name, or in that of one of its people */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Queues with their people and rules, by name: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportTaskTemplates: {
        parameters: {
            query?: {
                /** @description In the name or the title */
                search?: string;
                queue?: string;
                /** @description Whether it is in use */
                active?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Task templates, by name: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportTemplates: {
        parameters: {
            query?: {
                /** @description In the title or the name */
                search?: string;
                kind?: components["schemas"]["TemplateKind"];
                /** @description draft: somebody is working on another version */
                state?: "published" | "draft";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Templates of messages, by title: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportPolicyDrafts: {
        parameters: {
            query?: {
                /** @description In the name of the policy, or who touched it last */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Drafts that are being worked on, the latest touched first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportPolicyPreviewCustomers: {
        parameters: {
            query?: {
                contact?: "newly" | "no-longer";
                /** @description In the customer's name or number */
                search?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description For whom a draft makes a difference, the largest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    exportPolicyMigrations: {
        parameters: {
            query?: {
                /** @description In the version that they go to, as in reference@2, the reason, or who began it */
                search?: string;
                state?: "running" | "paused" | "stopped" | "done";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Moves of invoices to another policy version, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportAutomations: {
        parameters: {
            query?: {
                /** @description In the title or the short name */
                search?: string;
                state?: "on" | "off";
                event?: components["schemas"]["EventKind"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Automations, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportFirings: {
        parameters: {
            query?: {
                state?: components["schemas"]["FiringState"][];
                customerId?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What an automation has heard of and done, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    exportPolicyAssignments: {
        parameters: {
            query?: {
                kind?: "invoice" | "customer" | "segment";
                /** @description A part of the name of whom or what it is about */
                search?: string;
                /** @description Only those that can decide about a customer's invoices: its own, those of its invoices and of the segments that it is in */
                customerId?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Which policy collects whose invoices, in the order in which it is decided: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportCampaigns: {
        parameters: {
            query?: {
                /** @description In the title or the short name */
                search?: string;
                state?: components["schemas"]["CampaignState"][];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Campaigns, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportPreviewedCustomers: {
        parameters: {
            query?: {
                outcome?: components["schemas"]["CampaignPreviewOutcome"][];
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who would join a campaign now, and what would become of each: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    exportCampaignMembers: {
        parameters: {
            query?: {
                runId?: number;
                state?: components["schemas"]["CampaignMemberState"][];
                group?: string;
                customerId?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is in a run, and how far: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    exportReplies: {
        parameters: {
            query?: {
                state?: components["schemas"]["ReplyState"][];
                kind?: components["schemas"]["ReplyKind"];
                customerId?: number;
                /** @description Those that belong to nobody yet */
                unmatched?: boolean;
                /** @description Part of the subject or the address */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What customers wrote back, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportOptOuts: {
        parameters: {
            query?: {
                /** @description In the address */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Addresses that want no mail beyond what is owed: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportSegmentRunDecisions: {
        parameters: {
            query?: {
                outcome?: "executed" | "suppressed" | "deferred";
                reason?: "due" | "settled" | "condition" | "paused" | "window" | "spacing" | "cap" | "collapsed" | "no-address" | "address-suppressed" | "do-not-contact";
                customerId?: number;
                /** @description In the name or the number of the customer */
                search?: string;
            };
            header?: never;
            path: {
                id: number;
                /** @description The number of the run */
                run: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Why each member was or was not written to in a run: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    exportCustomerRunDecisions: {
        parameters: {
            query?: {
                outcome?: "executed" | "suppressed" | "deferred";
                reason?: "due" | "settled" | "condition" | "paused" | "window" | "spacing" | "cap" | "collapsed" | "no-address" | "address-suppressed" | "do-not-contact";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the runs of segments came to for a customer, and why, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    exportSegments: {
        parameters: {
            query?: {
                /** @description In the title or the key */
                search?: string;
                archived?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Segments by title: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
    exportSegmentMembers: {
        parameters: {
            query?: {
                /** @description In the name or the number of the customer */
                search?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is in a segment, and why: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    exportSegmentHistory: {
        parameters: {
            query?: {
                /** @description In the name or the number of the customer */
                search?: string;
                change?: "joined" | "left";
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who joined and left, and why, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    exportStatements: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Statements of account that a customer was sent, the latest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            429: components["responses"]["Problem429"];
        };
    };
    exportNoticeMails: {
        parameters: {
            query?: {
                state?: components["schemas"]["NoticeMailState"][];
                userId?: number;
                /** @description Part of the subject, the address, or what it is about */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Emails to the people who work here, newest first: as a CSV file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
        };
    };
}
